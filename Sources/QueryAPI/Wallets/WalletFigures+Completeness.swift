import JSON
import Postgres

extension WalletFigures {
    /// How far an answer about this wallet is complete (I9): what the stored body, or its end, says in full, and the
    /// degraded mark. The same object in every answer about a wallet.
    func completeness(of body: StoredObject) throws -> [UInt8] {
        guard let stored = body.lastObject(named: "completeness") else {
            throw PostgresError(.unexpectedShape, "wallet_pnl.body says nothing of its completeness")
        }
        return Array(stored.dropLast()) + ",\"is_degraded\":\(isDegraded)}".utf8
    }
}
