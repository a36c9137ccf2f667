// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

extension SchemaSources {
    /// schemas/base, in order: file name and text.
    public static let base: [(name: String, sql: String)] = [
        (
            "001_base.sql",
            #"""
            -- Schema `base`: what is independent of rule sets. Everything but log, generations and live is derived from the log
            -- (I1).

            -- The shape the log was created with; a start against another one is refused.
            CREATE TABLE base.log (
                topic smallint PRIMARY KEY,
                name text NOT NULL,
                partitions integer NOT NULL CHECK (partitions > 0)
            );

            -- Generations of read models: a schema pnl_g<number> each (I7).
            CREATE TABLE base.generations (
                number integer PRIMARY KEY CHECK (number > 0),
                rule_set text NOT NULL,
                rule_set_version integer NOT NULL,
                layout_version integer NOT NULL,
                state text NOT NULL CHECK (state IN ('building', 'live', 'previous', 'dropped')),
                created_at bigint NOT NULL,
                promoted_at bigint,
                promoted_by text,
                reason text,
                diff_hash bytea
            );

            -- The generation that is served: exactly one row, and the flip is its update.
            CREATE TABLE base.live (
                only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
                generation integer NOT NULL REFERENCES base.generations (number)
            );

            -- Next offset of each partition and who may move it: compare-and-set on offset and epoch (I4).
            CREATE TABLE base.projection_progress (
                topic smallint NOT NULL,
                partition integer NOT NULL,
                next_offset bigint NOT NULL DEFAULT 0,
                owner_epoch bigint NOT NULL DEFAULT 0,
                owner text NOT NULL DEFAULT '',
                moved_at bigint NOT NULL DEFAULT 0,
                PRIMARY KEY (topic, partition)
            );

            -- Every event of a wallet, all revisions, packed in the order of their offsets: the log made addressable by wallet.
            -- A batch adds one chunk per touched wallet; none is rewritten for an append.
            CREATE TABLE base.wallet_events (
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                first_offset bigint NOT NULL,
                last_offset bigint NOT NULL,
                partition integer NOT NULL,
                event_count integer NOT NULL,
                events bytea NOT NULL,
                PRIMARY KEY (chain, wallet, first_offset)
            );
            ALTER TABLE base.wallet_events ALTER COLUMN events SET COMPRESSION lz4;

            CREATE TABLE base.wallet_flags (
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                name text NOT NULL,
                is_on boolean NOT NULL,
                command text NOT NULL,
                author text NOT NULL,
                event_offset bigint NOT NULL,
                PRIMARY KEY (chain, wallet, name)
            );

            CREATE TABLE base.tracked_wallets (
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                is_tracked boolean NOT NULL,
                command text NOT NULL,
                author text NOT NULL,
                reason text NOT NULL,
                event_offset bigint NOT NULL,
                PRIMARY KEY (chain, wallet)
            );

            CREATE TABLE base.discovered_wallets (
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                source text NOT NULL,
                asset bytea NOT NULL,
                discovered_at bigint NOT NULL,
                event_offset bigint NOT NULL,
                PRIMARY KEY (chain, wallet, source, asset)
            );

            -- How far each source has told a wallet's history, and why it stopped (I9).
            CREATE TABLE base.coverage (
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                source text NOT NULL,
                covered_from bigint NOT NULL,
                covered_to bigint NOT NULL,
                reached_beginning boolean NOT NULL,
                stop_reason smallint NOT NULL,
                transaction_count bigint NOT NULL,
                timeframe text,
                transaction_limit bigint,
                event_offset bigint NOT NULL,
                PRIMARY KEY (chain, wallet, source, covered_from, covered_to)
            );

            CREATE TABLE base.jobs (
                job text PRIMARY KEY,
                author text NOT NULL,
                submitted_at bigint NOT NULL,
                wallet_count integer NOT NULL,
                timeframe text,
                transaction_limit bigint,
                cancelled_by text,
                event_offset bigint NOT NULL
            );

            CREATE TABLE base.job_wallets (
                job text NOT NULL,
                chain smallint NOT NULL,
                wallet bytea NOT NULL,
                finished_at bigint,
                succeeded boolean,
                reason text,
                attempt integer NOT NULL DEFAULT 0,
                PRIMARY KEY (job, chain, wallet)
            );
            """#
        ),
        (
            "002_grants.sql",
            #"""
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
            """#
        ),
    ]
}
