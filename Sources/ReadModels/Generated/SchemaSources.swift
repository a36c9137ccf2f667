// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

/// The SQL of schemas/, carried by the programs.
public enum SchemaSources {
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

    /// schemas/generation.sql
    public static let generation = #"""
        -- One generation of read models. {schema} is replaced by its name, pnl_g<number>; a generation is never migrated, a
        -- change of this file raises the layout version (I7). Columns whose comment begins with "volatile" are no part of the
        -- state dump (I3).

        CREATE SCHEMA {schema};

        -- One row a wallet: summary columns for lists, and a ready-rendered, bounded body.
        CREATE TABLE {schema}.wallet_pnl (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            total_pnl numeric(39, 18) NOT NULL,
            realised_pnl numeric(39, 18) NOT NULL,
            unrealised_pnl numeric(39, 18) NOT NULL,
            invested numeric(39, 18) NOT NULL,
            returned numeric(39, 18) NOT NULL,
            trades bigint NOT NULL,
            wins bigint NOT NULL,
            losses bigint NOT NULL,
            win_rate_millionths bigint NOT NULL,
            profit_ratio_millionths bigint NOT NULL,
            average_hold bigint NOT NULL,          -- microseconds
            unique_tokens bigint NOT NULL,
            active_days bigint NOT NULL,
            one_sided bigint NOT NULL,
            composite_score numeric NOT NULL GENERATED ALWAYS AS (   -- domain.md 1.10
                0.4 * total_pnl + 0.003 * win_rate_millionths + 20 * trades + 100 / (average_hold / 60000000.0 + 1)
            ) STORED,
            transactions bigint NOT NULL,
            refused bigint NOT NULL,
            analysed_at bigint NOT NULL,           -- newest covered time, microseconds
            covered_from bigint,
            covered_to bigint,
            reached_beginning boolean NOT NULL,
            stop_reason smallint,
            timeframe text,
            transaction_limit bigint,
            limit_hit boolean NOT NULL,
            is_degraded boolean NOT NULL,
            partition integer NOT NULL,
            body bytea NOT NULL,                   -- JSON of the portfolio and its 200 largest tokens
            last_offset bigint NOT NULL,           -- of the newest folded event: the row's version
            written_at bigint NOT NULL,
            PRIMARY KEY (chain, wallet)
        ) PARTITION BY LIST (chain);
        ALTER TABLE {schema}.wallet_pnl ALTER COLUMN body SET COMPRESSION lz4;
        COMMENT ON COLUMN {schema}.wallet_pnl.last_offset IS 'volatile: depends on the order of arrival';
        COMMENT ON COLUMN {schema}.wallet_pnl.written_at IS 'volatile: wall clock';
        CREATE TABLE {schema}.wallet_pnl_1 PARTITION OF {schema}.wallet_pnl FOR VALUES IN (1);
        CREATE TABLE {schema}.wallet_pnl_2 PARTITION OF {schema}.wallet_pnl FOR VALUES IN (2);
        CREATE TABLE {schema}.wallet_pnl_3 PARTITION OF {schema}.wallet_pnl FOR VALUES IN (3);
        CREATE TABLE {schema}.wallet_pnl_4 PARTITION OF {schema}.wallet_pnl FOR VALUES IN (4);
        -- Every sort of a list has its index; chain and wallet break ties, so that pages never overlap.
        CREATE INDEX ON {schema}.wallet_pnl (total_pnl, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (realised_pnl, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (win_rate_millionths, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (profit_ratio_millionths, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (trades, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (average_hold, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (analysed_at, chain, wallet);
        CREATE INDEX ON {schema}.wallet_pnl (composite_score, chain, wallet);

        CREATE TABLE {schema}.token_pnl (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            asset bytea NOT NULL,
            symbol text NOT NULL,
            decimals smallint NOT NULL,
            is_excluded boolean NOT NULL,
            is_quote boolean NOT NULL,
            is_spam boolean NOT NULL,
            is_unrepresentable boolean NOT NULL,
            event_count bigint NOT NULL,
            realised_pnl numeric(39, 18) NOT NULL,
            unrealised_pnl numeric(39, 18),
            latest_price_coefficient numeric(39, 0),   -- USD a whole unit = coefficient * 10^exponent, digits as given
            latest_price_exponent integer,
            latest_price_time bigint,
            latest_price_source text,
            invested numeric(39, 18) NOT NULL,
            returned numeric(39, 18) NOT NULL,
            fees numeric(39, 18) NOT NULL,
            return_millionths bigint,
            trades bigint NOT NULL,
            wins bigint NOT NULL,
            losses bigint NOT NULL,
            hold_seconds bigint NOT NULL,
            minimum_hold_seconds bigint NOT NULL,
            maximum_hold_seconds bigint NOT NULL,
            held_known numeric(78, 0) NOT NULL,
            held_cost numeric(39, 18) NOT NULL,
            held_unknown numeric(78, 0) NOT NULL,
            received numeric(78, 0) NOT NULL,
            received_sold numeric(78, 0) NOT NULL,
            missing numeric(78, 0) NOT NULL,
            proceeds_without_basis numeric(39, 18) NOT NULL,
            receipt_consumptions bigint NOT NULL,
            one_sided bigint NOT NULL,
            unpriced_legs bigint NOT NULL,
            body bytea NOT NULL,                   -- JSON of the token's line
            PRIMARY KEY (chain, wallet, asset)
        );
        ALTER TABLE {schema}.token_pnl ALTER COLUMN body SET COMPRESSION lz4;

        -- Disposals 256 a row, counted from the asset's first; which row a disposal is in depends on nothing else.
        CREATE TABLE {schema}.disposals (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            asset bytea NOT NULL,
            chunk integer NOT NULL,
            first_time bigint NOT NULL,
            last_time bigint NOT NULL,
            disposal_count integer NOT NULL,
            disposals bytea NOT NULL,
            PRIMARY KEY (chain, wallet, asset, chunk)
        );
        ALTER TABLE {schema}.disposals ALTER COLUMN disposals SET COMPRESSION lz4;

        CREATE TABLE {schema}.open_lots (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            asset bytea NOT NULL,
            lot_count integer NOT NULL,
            lots bytea NOT NULL,
            PRIMARY KEY (chain, wallet, asset)
        );
        ALTER TABLE {schema}.open_lots ALTER COLUMN lots SET COMPRESSION lz4;

        CREATE TABLE {schema}.wallet_daily (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            day integer NOT NULL,                  -- since 1970-01-01, UTC
            realised_pnl numeric(39, 18) NOT NULL,
            trades bigint NOT NULL,
            wins bigint NOT NULL,
            volume numeric(39, 18) NOT NULL,
            quote_realised_pnl numeric(39, 18) NOT NULL,
            fees numeric(39, 18) NOT NULL,
            swaps bigint NOT NULL,
            PRIMARY KEY (chain, wallet, day)
        );

        -- Totals a chain and log partition, written by that partition's owner and summed on read.
        CREATE TABLE {schema}.summary (
            chain smallint NOT NULL,
            partition integer NOT NULL,
            wallets bigint NOT NULL,
            profitable_wallets bigint NOT NULL,
            total_pnl numeric(60, 18) NOT NULL,
            realised_pnl numeric(60, 18) NOT NULL,
            unrealised_pnl numeric(60, 18) NOT NULL,
            trades bigint NOT NULL,
            wins bigint NOT NULL,
            losses bigint NOT NULL,
            one_sided bigint NOT NULL,
            refused bigint NOT NULL,
            degraded_wallets bigint NOT NULL,
            PRIMARY KEY (chain, partition)
        );

        -- Wallets whose version moved, kept ten minutes: what caches follow.
        CREATE TABLE {schema}.changes (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            last_offset bigint NOT NULL,
            changed_at bigint NOT NULL
        );
        CREATE INDEX ON {schema}.changes (changed_at);

        -- Wallets that serve their last good numbers, and since which event (I6).
        CREATE TABLE {schema}.parked_wallets (
            chain smallint NOT NULL,
            wallet bytea NOT NULL,
            partition integer NOT NULL,
            event_offset bigint NOT NULL,
            code text NOT NULL,
            reason text NOT NULL,
            parked_at bigint NOT NULL,
            PRIMARY KEY (chain, wallet)
        );
        COMMENT ON COLUMN {schema}.parked_wallets.event_offset IS 'volatile: depends on the order of arrival';
        COMMENT ON COLUMN {schema}.parked_wallets.parked_at IS 'volatile: wall clock';

        CREATE TABLE {schema}.projection_progress (
            topic smallint NOT NULL,
            partition integer NOT NULL,
            next_offset bigint NOT NULL DEFAULT 0,
            owner_epoch bigint NOT NULL DEFAULT 0,
            owner text NOT NULL DEFAULT '',
            moved_at bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (topic, partition)
        );

        -- Whoever ran this first, the migrator may go on.
        ALTER SCHEMA {schema} OWNER TO pnl_migrator;
        DO $$
        DECLARE
            relation regclass;
        BEGIN
            FOR relation IN
                SELECT oid FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind IN ('r', 'p')
            LOOP
                EXECUTE format('ALTER TABLE %s OWNER TO pnl_migrator', relation);
            END LOOP;
        END
        $$;

        GRANT USAGE ON SCHEMA {schema} TO pnl_appender, pnl_projector, pnl_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO pnl_appender, pnl_projector, pnl_reader;
        GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO pnl_projector;
        """#

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
