import Accounting
import Events
public import JSON

extension TokenBody {
    /// What rule sets later than r1 say of an asset besides, as one member.
    static func appendDetail(of token: TokenFigures, to json: inout JSONWriter) {
        let detail = token.detail
        json.key("detail")
        json.beginObject()
        json.key("is_quote")
        json.bool(detail.isQuote)
        json.key("is_spam")
        json.bool(detail.isSpam)
        json.key("swaps")
        json.integer(detail.swaps)
        json.key("unbalanced_swaps")
        json.integer(detail.unbalancedSwaps)
        json.key("fees_usd")
        json.money(detail.fees)
        json.key("realized_net_usd")
        json.money(detail.realisedNet)
        json.key("unpriced_fees")
        json.integer(detail.unpricedFees)
        json.key("return_percentage")
        json.percentage(millionths: detail.returnMillionths)
        appendFlows(of: token, to: &json)
        json.endObject()
    }

    /// Quantities and costs in and out: what the identities of domain.md 11.2 add up.
    private static func appendFlows(of token: TokenFigures, to json: inout JSONWriter) {
        let detail = token.detail
        let quantities: [(StaticString, Int128)] = [
            ("acquired_quantity", detail.acquiredQuantity), ("disposed_quantity", detail.disposedQuantity),
            ("transferred_out_quantity", detail.transferredOutQuantity),
            ("moved_in_quantity", detail.movedInQuantity), ("moved_out_quantity", detail.movedOutQuantity),
        ]
        for (name, quantity) in quantities {
            json.key(name)
            json.decimal(quantity, scale: Int(token.decimals))
        }
        let amounts: [(StaticString, Money)] = [
            ("disposed_cost_usd", detail.disposedCost), ("disposed_unpriced_cost_usd", detail.disposedUnpricedCost),
            ("received_cost_usd", detail.receivedCost), ("transferred_out_cost_usd", detail.transferredOutCost),
            ("transferred_out_value_usd", detail.transferredOutValue), ("moved_in_cost_usd", detail.movedInCost),
            ("moved_out_cost_usd", detail.movedOutCost),
        ]
        for (name, amount) in amounts {
            json.key(name)
            json.money(amount)
        }
        json.key("transfers_without_value")
        json.integer(detail.transfersWithoutValue)
        json.key("spam_legs")
        json.integer(detail.spamLegs)
    }
}

extension JSONWriter {
    /// A ratio in percent as a decimal string; null when there is none.
    public mutating func percentage(millionths: Int64?) {
        if let millionths { decimal(Int128(millionths), scale: 4) } else { null() }
    }
}
