// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

extension SchemaSources {
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
}
