import Events
import Postgres
import ReadModels

/// What the projector has already made addressable by wallet: the first part of what is known of one (I2).
protocol ProjectedEvents {
    /// The offset up to which a partition of the topic of wallets is contained.
    func nextOffset(ofPartition partition: Int32) throws -> Int64
    /// Calls `body` with every contained event of the wallets: the wallet, the stored number of the kind and the bytes.
    func forEachEvent(of wallets: [WalletKey], _ body: (WalletKey, UInt8, ArraySlice<UInt8>) throws -> Void) throws
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
}
