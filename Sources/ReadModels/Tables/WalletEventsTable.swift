public import Events
public import Postgres

/// `base.wallet_events`: the log made addressable by wallet.
public enum WalletEventsTable {
    private static let load = PostgresStatement(
        name: "wallet_events_load",
        """
        SELECT wanted.place, e.partition, e.events
        FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY AS wanted (chain, wallet, place)
        JOIN base.wallet_events e ON e.chain = wanted.chain AND e.wallet = wanted.wallet
        ORDER BY wanted.place, e.first_offset
        """)

    /// Calls `body` with every stored event of the wallets, wallet by wallet and in the order of the log: the wallet's
    /// place in `wallets`, its partition and the entry. One round trip.
    public static func forEachEvent(
        of wallets: [WalletKey], _ connection: PostgresConnection,
        _ body: (_ place: Int, _ partition: Int32, _ entry: EventChunk.Entry) throws -> Void
    ) throws {
        guard !wallets.isEmpty else { return }
        let rows = try connection.query(
            load,
            [.int16Array(wallets.map(\.chain.rawValue)), .bytesArray(wallets.map(\.address.bytes))])
        for row in 0..<rows.rowCount {
            let place = Int(try rows.int64(row: row, column: 0)) - 1
            let partition = Int32(truncatingIfNeeded: try rows.int64(row: row, column: 1))
            let events = try rows.bytes(row: row, column: 2)
            try EventChunk.unpack(events[...]) { try body(place, partition, $0) }
        }
    }
}
