// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

extension SchemaSources {
    /// schemas/log, in order: file name and text.
    public static let log: [(name: String, sql: String)] = [
        (
            "001_records.sql",
            #"""
            -- The embedded log (design.md, Log): what PostgresLog needs, and the only truth (I1). Appended to, never changed.

            CREATE SCHEMA IF NOT EXISTS log;

            -- One table a topic. The key is also the order in which readers walk a partition, and there is no other index: an
            -- append touches the right edge of one B-tree for each partition.
            CREATE TABLE log.records (
                topic        smallint NOT NULL,
                partition    integer  NOT NULL CHECK (partition >= 0),
                "offset"     bigint   NOT NULL CHECK ("offset" BETWEEN 0 AND 1::bigint << 62), -- without gaps within a partition
                time         bigint   NOT NULL,                       -- ce_time, µs since the epoch
                kind         smallint NOT NULL CHECK (kind BETWEEN 0 AND 255), -- ce_type as its stored number
                id           bytea    NOT NULL CHECK (octet_length(id) = 32), -- ce_id
                source       text     NOT NULL,                       -- ce_source
                trace_parent text,                                    -- traceparent
                key          bytea    NOT NULL,
                value        bytea    NOT NULL CHECK (octet_length(value) <= 1048576),
                PRIMARY KEY (topic, partition, "offset")
            ) PARTITION BY LIST (topic);

            COMMENT ON TABLE log.records IS 'The events of all topics, in the order of their offsets within a partition.';

            -- Rows are never updated, so pages are filled; vacuum has only to freeze.
            CREATE TABLE log.records_wallet_transactions PARTITION OF log.records FOR VALUES IN (1)
                WITH (fillfactor = 100);
            CREATE TABLE log.records_provider_payloads PARTITION OF log.records FOR VALUES IN (2)
                WITH (fillfactor = 100, toast_tuple_target = 512);
            CREATE TABLE log.records_jobs PARTITION OF log.records FOR VALUES IN (3)
                WITH (fillfactor = 100);

            -- Values are read back whole: those that are compressed are compressed fast. Payloads are JSON, so they are compressed
            -- from half a kilobyte on and stay beside their row as long as a page holds them.
            ALTER TABLE log.records ALTER COLUMN value SET COMPRESSION lz4;
            ALTER TABLE log.records_wallet_transactions ALTER COLUMN value SET COMPRESSION lz4;
            ALTER TABLE log.records_provider_payloads ALTER COLUMN value SET COMPRESSION lz4;
            ALTER TABLE log.records_jobs ALTER COLUMN value SET COMPRESSION lz4;
            ALTER TABLE log.records_provider_payloads ALTER COLUMN value SET STORAGE MAIN;

            -- Who reads which partition, until when; the epoch grows with each new owner (I4).
            CREATE TABLE log.leases (
                "group"    text        NOT NULL,
                topic      smallint    NOT NULL,
                partition  integer     NOT NULL,
                owner      text        NOT NULL,
                epoch      bigint      NOT NULL,
                expires_at timestamptz NOT NULL, -- by the server's clock
                PRIMARY KEY ("group", topic, partition)
            ) WITH (fillfactor = 50); -- renewed every few seconds: room for updates within the page

            COMMENT ON TABLE log.leases IS 'Ownership of partitions by groups of readers.';
            """#
        ),
        (
            "002_grants.sql",
            #"""
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
            """#
        ),
    ]
}
