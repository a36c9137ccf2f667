public import Accounting
public import Events
import JSON

extension TokenBody {
    /// How many matched trades each asset has: one for each disposal and known lot (domain.md 12). Sends, fees and what
    /// nobody priced are none.
    public static func matchedTrades(of numbers: WalletNumbers) -> [Address: Int] {
        var counts: [Address: Int] = [:]
        for disposal in numbers.disposals where disposal.kind == .swap && disposal.isPriced {
            counts[disposal.asset, default: 0] += disposal.matches.count { $0.basis == .known }
        }
        return counts
    }

    /// The last members of every line: its matched trades and consumed receipts are unbounded, so that a stored line
    /// has none of them and says how many there are. Whoever is asked for them cuts the line at the first of these
    /// members and writes them in full.
    static func appendMatchedTrades(count: Int, to json: inout JSONWriter) {
        json.key("matched_trades")
        json.beginArray()
        json.endArray()
        json.key("matched_trades_total")
        json.integer(count)
        json.key("matched_trades_truncated")
        json.bool(count > 0)
        json.key("receive_consumptions")
        json.beginArray()
        json.endArray()
    }
}
