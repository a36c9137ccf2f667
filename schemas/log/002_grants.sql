-- Who may do what with the log (design.md, Access). Nobody may change or delete a record.

ALTER SCHEMA log OWNER TO pnl_migrator;
ALTER TABLE log.records OWNER TO pnl_migrator;
ALTER TABLE log.records_wallet_transactions OWNER TO pnl_migrator;
ALTER TABLE log.records_provider_payloads OWNER TO pnl_migrator;
ALTER TABLE log.records_jobs OWNER TO pnl_migrator;
ALTER TABLE log.leases OWNER TO pnl_migrator;

GRANT USAGE ON SCHEMA log TO pnl_appender, pnl_projector, pnl_reader;
GRANT INSERT, SELECT ON log.records TO pnl_appender;
GRANT SELECT ON log.records TO pnl_projector, pnl_reader;
GRANT SELECT, INSERT, UPDATE ON log.leases TO pnl_appender;
GRANT SELECT, INSERT, UPDATE, DELETE ON log.leases TO pnl_projector;
