import Events
import Postgres
import ReadModels

/// The wallets of a generation that keep numbers of before their poison (I6).
enum ParkedWallets {
    /// All of them, as wallets without new records.
    static func read(_ generation: Generation, _ connection: PostgresConnection) throws -> [TouchedWallet] {
        let rows = try connection.query(
            "SELECT chain, wallet, partition FROM \(generation.schema).parked_wallets ORDER BY chain, wallet")
        return try (0..<rows.rowCount).map { row in
            guard let chain = Chain(rawValue: Int16(truncatingIfNeeded: try rows.int64(row: row, column: 0))),
                let address = Address(bytes: try rows.bytes(row: row, column: 1))
            else { throw PostgresError(.unexpectedShape, "parked_wallets names no wallet") }
            return TouchedWallet(
                wallet: WalletKey(chain: chain, address: address),
                partition: Int32(truncatingIfNeeded: try rows.int64(row: row, column: 2)))
        }
    }
}
