import Accounting
import Events
import JSON
import ReadModels

extension TradePart {
    /// The members of a `MatchedTrade` (domain.md 10).
    func appendMatchedTrade(to json: inout JSONWriter) {
        json.key("buy_event")
        appendAcquisition(kind: "Buy", to: &json)
        json.key("sell_event")
        appendSale(to: &json)
        json.key("matched_quantity")
        json.decimal(match.quantity, scale: token.decimals)
        json.key("realized_pnl_usd")
        json.money(match.realised)
        json.key("hold_time_seconds")
        json.integer(match.holdSeconds)
    }

    /// A `ReceiveConsumption` (domain.md 10); such a sale has proceeds, and no profit or loss.
    func appendConsumption(to json: inout JSONWriter) {
        json.beginObject()
        json.key("receive_event")
        appendAcquisition(kind: "Receive", to: &json)
        json.key("sell_event")
        appendSale(to: &json)
        json.key("consumed_quantity")
        json.decimal(match.quantity, scale: token.decimals)
        json.key("pnl_impact_usd")
        json.money(match.realised)
        appendBasis(to: &json)
        json.endObject()
    }

    /// An entry of `unmatched_sells`.
    func appendUnmatchedSell(to json: inout JSONWriter) {
        json.beginObject()
        json.key("sell_event")
        appendSale(to: &json)
        json.key("unmatched_quantity")
        json.decimal(match.quantity, scale: token.decimals)
        appendBasis(to: &json)
        json.endObject()
    }

    private func appendBasis(to json: inout JSONWriter) {
        json.key("proceeds_without_basis_usd")
        json.optional(isPriced ? match.proceeds : nil)
        json.key("is_priced")
        json.bool(isPriced)
        json.key("basis")
        json.string(match.basis == .missing ? "missing" : "unknown")
    }

    private func appendAcquisition(kind: StaticString, to json: inout JSONWriter) {
        // What was sold without an acquisition had an implied one in the original, under this name.
        let transaction = match.basis == .missing ? Array("implicit_receive_".utf8) + sale : match.acquisition
        appendEvent(kind, value: match.cost, time: match.acquiredAt, transaction: transaction, to: &json)
    }

    private func appendSale(to json: inout JSONWriter) {
        appendEvent("Sell", value: isPriced ? match.proceeds : nil, time: soldAt, transaction: sale, to: &json)
    }

    /// A `FinancialEvent` (domain.md 10): the portion of it that was matched; without a value nobody said its price.
    private func appendEvent(
        _ kind: StaticString, value: Money?, time: Int64, transaction: [UInt8], to json: inout JSONWriter
    ) {
        json.beginObject()
        json.key("wallet_address")
        json.string(token.wallet.address.text(on: token.wallet.chain))
        json.key("token_address")
        json.string(token.asset.text(on: token.wallet.chain))
        json.key("token_symbol")
        json.string(token.symbol)
        json.key("chain_id")
        json.string(token.wallet.chain.name)
        json.key("event_type")
        json.string(kind)
        json.key("quantity")
        json.decimal(match.quantity, scale: token.decimals)
        json.key("usd_price_per_token")
        if let value {
            json.ratioText(value.units, by: match.quantity, shift: token.decimals - Money.scale)
        } else {
            json.null()
        }
        json.key("usd_value")
        json.optional(value)
        json.key("timestamp")
        json.time(time)
        json.key("transaction_hash")
        json.string(String(decoding: transaction, as: UTF8.self))
        json.endObject()
    }
}
