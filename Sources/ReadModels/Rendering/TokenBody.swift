public import Accounting
public import Events
public import JSON

/// A token's line as it is stored and served: `TokenPnLResult` of domain.md 10, its matched trades only counted.
public enum TokenBody {
    /// Renders a JSON object.
    public static func render(_ token: TokenFigures, chain: Chain, matchedTrades: Int) -> [UInt8] {
        var json = JSONWriter(reservingByteCount: 1024)
        append(token, chain: chain, matchedTrades: matchedTrades, to: &json)
        return json.bytes
    }

    /// Adds the object to a list.
    public static func append(
        _ token: TokenFigures, chain: Chain, matchedTrades: Int, to json: inout JSONWriter
    ) {
        json.beginObject()
        appendName(of: token, chain: chain, to: &json)
        json.key("remaining_position")
        appendPosition(of: token, chain: chain, to: &json)
        appendMoney(of: token, to: &json)
        appendTrades(of: token, to: &json)
        appendReceipts(of: token, to: &json)
        appendDetail(of: token, to: &json)
        appendMatchedTrades(count: matchedTrades, to: &json)
        json.endObject()
    }

    private static func appendName(of token: TokenFigures, chain: Chain, to json: inout JSONWriter) {
        json.key("token_address")
        json.string(token.asset.text(on: chain))
        json.key("token_symbol")
        json.string(token.symbol)
    }

    private static func appendPosition(of token: TokenFigures, chain: Chain, to json: inout JSONWriter) {
        guard token.heldKnown > 0 || token.heldUnknown > 0 else { return json.null() }
        json.beginObject()
        appendName(of: token, chain: chain, to: &json)
        json.key("bought_quantity")
        json.decimal(token.heldKnown, scale: Int(token.decimals))
        json.key("received_quantity")
        json.decimal(token.heldUnknown, scale: Int(token.decimals))
        json.key("avg_cost_basis_usd")
        json.quotient(token.heldCost.units, by: token.heldKnown, shift: Int(token.decimals) - Money.scale)
        json.key("total_cost_basis_usd")
        json.money(token.heldCost)
        json.endObject()
    }

    private static func appendMoney(of token: TokenFigures, to json: inout JSONWriter) {
        json.key("total_realized_pnl_usd")
        json.money(token.realised)
        json.key("total_unrealized_pnl_usd")
        json.money(token.unrealised ?? .zero)
        json.key("unrealized_is_known")
        json.bool(token.unrealised != nil)
        json.key("total_pnl_usd")
        json.money((try? token.realised.adding(token.unrealised ?? .zero)) ?? token.realised)
        json.key("total_invested_usd")
        json.money(token.invested)
        json.key("total_returned_usd")
        json.money(token.returned)
        json.key("latest_price_usd")
        if let price = token.latestPrice { appendPrice(price, to: &json) } else { json.null() }
        json.key("latest_price_at")
        json.time(token.latestPriceTime)
        json.key("latest_price_source")
        if let source = token.latestPriceSource { json.string(source) } else { json.null() }
    }

    /// A price keeps the digits it was given.
    private static func appendPrice(_ price: DecimalNumber, to json: inout JSONWriter) {
        if price.exponent <= 0 {
            json.decimal(price.coefficient, scale: Int(-price.exponent))
        } else {
            json.quotient(price.coefficient, by: 1, shift: Int(price.exponent))
        }
    }

    private static func appendTrades(of token: TokenFigures, to json: inout JSONWriter) {
        json.key("total_trades")
        json.integer(token.trades)
        json.key("winning_trades")
        json.integer(token.wins)
        json.key("losing_trades")
        json.integer(token.losses)
        json.key("win_rate_percentage")
        json.quotient(Int128(token.wins) * 100, by: Int128(token.wins) + Int128(token.losses))
        json.key("avg_hold_time_minutes")
        if token.hold.weightedMicroseconds > 0 {
            json.quotient(Int128(token.hold.weightedMicroseconds), by: 60_000_000)
        } else {
            json.quotient(Int128(token.hold.totalSeconds), by: Int128(token.trades) * 60)
        }
        json.key("min_hold_time_minutes")
        json.quotient(Int128(token.hold.minimumSeconds), by: 60)
        json.key("max_hold_time_minutes")
        json.quotient(Int128(token.hold.maximumSeconds), by: 60)
        json.streaks(token.streaks)
        json.key("events_processed")
        json.integer(token.eventCount)
    }

    private static func appendReceipts(of token: TokenFigures, to json: inout JSONWriter) {
        let scale = Int(token.decimals)
        json.key("total_received_quantity")
        json.decimal(token.received, scale: scale)
        json.key("total_received_sold_quantity")
        json.decimal(token.receivedSold, scale: scale)
        json.key("remaining_received_quantity")
        json.decimal(token.heldUnknown, scale: scale)
        json.key("receive_consumptions_total")
        json.integer(token.receiptConsumptions)
        json.key("missing_quantity")
        json.decimal(token.missing, scale: scale)
        json.key("proceeds_without_basis_usd")
        json.money(token.proceedsWithoutBasis)
        json.key("incomplete_trades_count")
        json.integer(token.oneSided)
        json.key("unpriced_legs")
        json.integer(token.unpricedLegs)
        json.key("is_excluded")
        json.bool(token.isExcluded)
        json.key("is_unrepresentable")
        json.bool(token.isUnrepresentable)
    }
}

extension JSONWriter {
    /// The four streak members.
    public mutating func streaks(_ streaks: StreakFigures) {
        key("current_winning_streak")
        integer(streaks.currentWinning)
        key("longest_winning_streak")
        integer(streaks.longestWinning)
        key("current_losing_streak")
        integer(streaks.currentLosing)
        key("longest_losing_streak")
        integer(streaks.longestLosing)
    }
}
