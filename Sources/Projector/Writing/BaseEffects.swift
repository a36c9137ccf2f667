import Events
import Postgres
import ReadModels

/// What a batch says about flags, tracking, discoveries and coverage, coalesced so that each row is written once: of
/// one key the record with the greater offset counts.
struct BaseEffects {
    private struct Keyed<Detail: Hashable>: Hashable {
        let wallet: WalletKey
        let detail: Detail
    }
    private struct Discovery: Hashable {
        let source: String
        let asset: [UInt8]
    }
    private struct Span: Hashable {
        let source: String
        let from: Int64
        let to: Int64
    }

    private var flags: [Keyed<String>: (WalletCommand, Int64)] = [:]
    private var tracking: [WalletKey: (WalletCommand, isTracked: Bool, Int64)] = [:]
    private var discoveries: [Keyed<Discovery>: (time: Int64, offset: Int64)] = [:]
    private var coverage: [Keyed<Span>: (CoverageRecorded, Int64)] = [:]

    /// Notes one event; kinds without an effect on `base` are passed over. Events may come in any order.
    mutating func note(_ recorded: RecordedEvent, of wallet: WalletKey) {
        let offset = recorded.position.offset
        switch recorded.event.body {
        case .walletFlagged(let command):
            let key = Keyed(wallet: wallet, detail: command.name)
            if flags[key]?.1 ?? -1 < offset { flags[key] = (command, offset) }
        case .walletTracked(let command): note(command, isTracked: true, offset, wallet)
        case .walletUntracked(let command): note(command, isTracked: false, offset, wallet)
        case .walletDiscovered(let command):
            let detail = Discovery(source: command.command, asset: command.asset?.address?.bytes ?? [])
            let key = Keyed(wallet: wallet, detail: detail)
            // The first telling says when; a later one changes nothing, whether it is in this batch or in another.
            if offset < discoveries[key]?.offset ?? .max { discoveries[key] = (recorded.recordedAt, offset) }
        case .coverageRecorded(let event):
            let key = Keyed(wallet: wallet, detail: Span(source: event.source, from: event.from, to: event.to))
            if coverage[key]?.1 ?? -1 < offset { coverage[key] = (event, offset) }
        default: break
        }
    }

    private mutating func note(_ command: WalletCommand, isTracked: Bool, _ offset: Int64, _ wallet: WalletKey) {
        if tracking[wallet]?.2 ?? -1 < offset { tracking[wallet] = (command, isTracked, offset) }
    }

    /// The statements that write what was noted.
    var statements: [(sql: String, values: [PostgresValue])] {
        [flagStatement, trackingStatement, discoveryStatement, coverageStatement].compactMap { $0 }
    }

    private static func keys(_ wallets: [WalletKey]) -> [PostgresValue] {
        [.int16Array(wallets.map(\.chain.rawValue)), .bytesArray(wallets.map(\.address.bytes))]
    }

    private var flagStatement: (sql: String, values: [PostgresValue])? {
        guard !flags.isEmpty else { return nil }
        let rows = Array(flags)
        return (
            """
            INSERT INTO base.wallet_flags AS t (chain, wallet, name, is_on, command, author, event_offset)
            SELECT * FROM unnest(
                $1::smallint[], $2::bytea[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::bigint[])
            ON CONFLICT (chain, wallet, name) DO UPDATE
            SET is_on = excluded.is_on, command = excluded.command, author = excluded.author,
                event_offset = excluded.event_offset
            WHERE t.event_offset < excluded.event_offset
            """,
            Self.keys(rows.map(\.key.wallet)) + [
                .textArray(rows.map(\.key.detail)), .boolArray(rows.map { $0.value.0.value == "on" }),
                .textArray(rows.map { $0.value.0.command }), .textArray(rows.map { $0.value.0.author }),
                .int64Array(rows.map { $0.value.1 }),
            ]
        )
    }

    private var trackingStatement: (sql: String, values: [PostgresValue])? {
        guard !tracking.isEmpty else { return nil }
        let rows = Array(tracking)
        return (
            """
            INSERT INTO base.tracked_wallets AS t (chain, wallet, is_tracked, command, author, reason, event_offset)
            SELECT * FROM unnest(
                $1::smallint[], $2::bytea[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::bigint[])
            ON CONFLICT (chain, wallet) DO UPDATE
            SET is_tracked = excluded.is_tracked, command = excluded.command, author = excluded.author,
                reason = excluded.reason, event_offset = excluded.event_offset
            WHERE t.event_offset < excluded.event_offset
            """,
            Self.keys(rows.map(\.key)) + [
                .boolArray(rows.map(\.value.isTracked)), .textArray(rows.map { $0.value.0.command }),
                .textArray(rows.map { $0.value.0.author }), .textArray(rows.map { $0.value.0.reason }),
                .int64Array(rows.map { $0.value.2 }),
            ]
        )
    }

    private var discoveryStatement: (sql: String, values: [PostgresValue])? {
        guard !discoveries.isEmpty else { return nil }
        let rows = Array(discoveries)
        return (
            """
            INSERT INTO base.discovered_wallets (chain, wallet, source, asset, discovered_at, event_offset)
            SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::bytea[], $5::bigint[], $6::bigint[])
            ON CONFLICT (chain, wallet, source, asset) DO NOTHING
            """,
            Self.keys(rows.map(\.key.wallet)) + [
                .textArray(rows.map(\.key.detail.source)), .bytesArray(rows.map(\.key.detail.asset)),
                .int64Array(rows.map(\.value.time)), .int64Array(rows.map(\.value.offset)),
            ]
        )
    }

    private var coverageStatement: (sql: String, values: [PostgresValue])? {
        guard !coverage.isEmpty else { return nil }
        let rows = Array(coverage)
        return (
            """
            INSERT INTO base.coverage AS t
                (chain, wallet, source, covered_from, covered_to, reached_beginning, stop_reason, transaction_count,
                 timeframe, transaction_limit, event_offset)
            SELECT chain, wallet, source, covered_from, covered_to, reached_beginning, stop_reason, transaction_count,
                timeframe, nullif(transaction_limit, -1), event_offset
            FROM unnest(
                $1::smallint[], $2::bytea[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[], $7::smallint[],
                $8::bigint[], $9::text[], $10::bigint[], $11::bigint[])
                AS u (chain, wallet, source, covered_from, covered_to, reached_beginning, stop_reason,
                    transaction_count, timeframe, transaction_limit, event_offset)
            ON CONFLICT (chain, wallet, source, covered_from, covered_to) DO UPDATE
            SET reached_beginning = excluded.reached_beginning, stop_reason = excluded.stop_reason,
                transaction_count = excluded.transaction_count, timeframe = excluded.timeframe,
                transaction_limit = excluded.transaction_limit, event_offset = excluded.event_offset
            WHERE t.event_offset < excluded.event_offset
            """,
            Self.keys(rows.map(\.key.wallet)) + [
                .textArray(rows.map(\.key.detail.source)), .int64Array(rows.map(\.key.detail.from)),
                .int64Array(rows.map(\.key.detail.to)), .boolArray(rows.map(\.value.0.reachedBeginning)),
                .int16Array(rows.map { Int16($0.value.0.stopReason.rawValue) }),
                .int64Array(rows.map { Int64(clamping: $0.value.0.count) }),
                .optionalTextArray(rows.map(\.value.0.timeframe)),
                .int64Array(rows.map { $0.value.0.limit.map { Int64(clamping: $0) } ?? -1 }),
                .int64Array(rows.map(\.value.1)),
            ]
        )
    }
}
