import JSON
import Postgres

extension WalletFigures {
    /// How far an answer about this wallet is complete (I9): what the body says in full, and the degraded mark.
    func appendCompleteness(of body: StoredObject, to json: inout JSONWriter) throws {
        guard let stored = body.lastObject(named: "completeness") else {
            throw PostgresError(.unexpectedShape, "wallet_pnl.body says nothing of its completeness")
        }
        json.raw(stored.dropLast() + ",\"is_degraded\":\(isDegraded)}".utf8)
    }

    /// The same out of the columns, for answers that read no body.
    func appendCompleteness(to json: inout JSONWriter) {
        json.beginObject()
        json.key("covered_to")
        if let coveredTo { json.integer(coveredTo) } else { json.null() }
        json.key("transactions")
        json.integer(transactions)
        json.key("refused_transactions")
        json.integer(refused)
        json.key("one_sided_trades")
        json.integer(oneSided)
        json.key("was_transaction_limit_hit")
        json.bool(isLimitHit)
        json.key("is_degraded")
        json.bool(isDegraded)
        json.endObject()
    }
}
