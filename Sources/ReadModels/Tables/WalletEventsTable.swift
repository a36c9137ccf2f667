public import Events
public import Postgres

/// `base.wallet_events`: the log made addressable by wallet.
public enum WalletEventsTable {
    private static let loading = PostgresStatement(
        name: "wallet_events_load",
        """
        SELECT wanted.place, e.partition, e.events
        FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY AS wanted (chain, wallet, place)
        JOIN base.wallet_events e ON e.chain = wanted.chain AND e.wallet = wanted.wallet
        ORDER BY wanted.place, e.first_offset
        """)

    private static let counting = PostgresStatement(
        name: "wallet_events_count",
        """
        SELECT wanted.place, sum(e.event_count)::bigint
        FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY AS wanted (chain, wallet, place)
        JOIN base.wallet_events e ON e.chain = wanted.chain AND e.wallet = wanted.wallet
        GROUP BY wanted.place
        ORDER BY wanted.place
        """)

    /// Events that one answer holds at most, unless a single wallet has more.
    private static let eventsPerAnswer: Int64 = 100_000

    /// Calls `body` with every stored event of the wallets, wallet by wallet and in the order of the log: the wallet's
    /// place in `wallets`, its partition and the entry. Memory holds one answer at a time.
    public static func forEachEvent(
        of wallets: [WalletKey], _ connection: PostgresConnection,
        _ body: (_ place: Int, _ partition: Int32, _ entry: EventChunk.Entry) throws -> Void
    ) throws {
        guard !wallets.isEmpty else { return }
        let counts = try connection.query(counting, keys(wallets))
        var group: [Int] = []
        var groupCount: Int64 = 0
        for row in 0..<counts.rowCount {
            let eventCount = try counts.int64(row: row, column: 1)
            if !group.isEmpty, groupCount + eventCount > eventsPerAnswer {
                try load(group, of: wallets, connection, body)
                (group, groupCount) = ([], 0)
            }
            group.append(Int(try counts.int64(row: row, column: 0)) - 1)
            groupCount += eventCount
        }
        if !group.isEmpty { try load(group, of: wallets, connection, body) }
    }

    private static func load(
        _ places: [Int], of wallets: [WalletKey], _ connection: PostgresConnection,
        _ body: (_ place: Int, _ partition: Int32, _ entry: EventChunk.Entry) throws -> Void
    ) throws {
        let rows = try connection.query(loading, keys(places.map { wallets[$0] }))
        for row in 0..<rows.rowCount {
            let place = places[Int(try rows.int64(row: row, column: 0)) - 1]
            let partition = Int32(truncatingIfNeeded: try rows.int64(row: row, column: 1))
            let events = try rows.bytes(row: row, column: 2)
            try EventChunk.unpack(events[...]) { try body(place, partition, $0) }
        }
    }

    private static func keys(_ wallets: [WalletKey]) -> [PostgresValue] {
        [.int16Array(wallets.map(\.chain.rawValue)), .bytesArray(wallets.map(\.address.bytes))]
    }
}
