-- Least privilege: who appends and who serves may read; only the projector writes what is derived.
GRANT USAGE ON SCHEMA base TO pnl_appender, pnl_projector, pnl_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA base TO pnl_appender, pnl_projector, pnl_reader;
GRANT INSERT, UPDATE, DELETE ON
    base.projection_progress, base.wallet_events, base.wallet_flags, base.tracked_wallets, base.discovered_wallets,
    base.coverage, base.jobs, base.job_wallets
TO pnl_projector;
