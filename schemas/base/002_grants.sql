-- Least privilege: who appends and who serves may read; only the projector writes what is derived.
GRANT USAGE ON SCHEMA base TO pnl_appender, pnl_projector, pnl_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA base TO pnl_appender, pnl_projector, pnl_reader;
GRANT INSERT, UPDATE, DELETE ON
    base.projection_progress, base.wallet_events, base.wallet_flags, base.tracked_wallets, base.discovered_wallets,
    base.coverage, base.jobs, base.job_wallets
TO pnl_projector;

-- Whoever ran this first, the migrator may go on: it owns what there is and may add schemas.
ALTER SCHEMA base OWNER TO pnl_migrator;
DO $$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT oid FROM pg_class WHERE relnamespace = 'base'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO pnl_migrator', relation);
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO pnl_migrator', current_database());
END
$$;
