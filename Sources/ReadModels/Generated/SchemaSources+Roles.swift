// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

extension SchemaSources {
    /// schemas/roles.sql
    public static let roles = #"""
        -- The four accounts (design.md, Access). Passwords and host rules are the installation's own. Roles belong to the whole
        -- server: another database's migration may create them at the same moment.
        DO $$
        DECLARE
            account text;
        BEGIN
            FOREACH account IN ARRAY ARRAY['pnl_appender', 'pnl_projector', 'pnl_reader', 'pnl_migrator'] LOOP
                BEGIN
                    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = account);
                    EXECUTE format('CREATE ROLE %I LOGIN', account);
                    IF account = 'pnl_reader' THEN
                        EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', account);
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN
                    NULL;
                END;
            END LOOP;
        END
        $$;
        """#
}
