import Events
import Postgres
import ReadModels

/// What the projector has already made addressable by wallet: the first part of what is known of one (I2).
protocol ProjectedEvents {
    /// The offset up to which a partition of the topic of wallets is contained.
    func nextOffset(ofPartition partition: Int32) throws -> Int64
    /// Calls `body` with every contained event of the wallets: the wallet, the stored number of the kind and the bytes.
    func forEachEvent(of wallets: [WalletKey], _ body: (WalletKey, UInt8, ArraySlice<UInt8>) throws -> Void) throws
    /// Wallets with a contained event in whose encoding the bytes occur: an address, or a command's id.
    func wallets(mentioning bytes: [UInt8]) throws -> [WalletKey]
}

/// The schema `base` of a migrated database.
struct BaseSchema: ProjectedEvents {
    let connection: PostgresConnection

    func nextOffset(ofPartition partition: Int32) throws -> Int64 {
        try ProjectionProgress(schema: "base").read(connection)
            .first { $0.topic == .walletTransactions && $0.partition == partition }?.nextOffset ?? 0
    }

    func forEachEvent(of wallets: [WalletKey], _ body: (WalletKey, UInt8, ArraySlice<UInt8>) throws -> Void) throws {
        try WalletEventsTable.forEachEvent(of: wallets, connection) { place, _, entry in
            try body(wallets[place], entry.kind, entry.value)
        }
    }

    func wallets(mentioning bytes: [UInt8]) throws -> [WalletKey] {
        let rows = try connection.query(
            "SELECT DISTINCT chain, wallet FROM base.wallet_events WHERE position($1 in events) > 0", [.bytes(bytes)])
        return try (0..<rows.rowCount).compactMap { row in
            let address = Address(bytes: try rows.bytes(row: row, column: 1))
            let chain = Chain(rawValue: Int16(truncatingIfNeeded: try rows.int64(row: row, column: 0)))
            guard let chain, let address else { return nil }
            return WalletKey(chain: chain, address: address)
        }
    }
}
