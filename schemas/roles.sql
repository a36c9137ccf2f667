-- The four accounts (design.md, Access). Passwords and host rules are the installation's own.
DO $$
DECLARE
    account text;
BEGIN
    FOREACH account IN ARRAY ARRAY['pnl_appender', 'pnl_projector', 'pnl_reader', 'pnl_migrator'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = account) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', account);
        END IF;
    END LOOP;
END
$$;
ALTER ROLE pnl_reader SET default_transaction_read_only = on;
