import Accounting
import JSON

extension WalletBody {
    /// Tokens, quote assets and both together (domain.md 11.2, Portfolio), as one member.
    static func appendParts(_ parts: PortfolioParts, to json: inout JSONWriter) {
        json.key("parts")
        json.beginObject()
        json.key("tokens")
        append(parts.tokens, to: &json)
        json.key("quote")
        append(parts.quote, to: &json)
        json.key("whole")
        append(parts.whole, to: &json)
        json.endObject()
    }

    private static func append(_ part: PartFigures, to json: inout JSONWriter) {
        json.beginObject()
        let amounts: [(StaticString, Money)] = [
            ("realized_usd", part.realised), ("fees_usd", part.fees), ("realized_net_usd", part.realisedNet),
            ("unrealized_usd", part.unrealised), ("total_usd", part.total), ("held_cost_usd", part.heldCost),
            ("invested_usd", part.invested), ("returned_usd", part.returned),
            ("proceeds_without_basis_usd", part.proceedsWithoutBasis), ("disposed_cost_usd", part.disposedCost),
            ("disposed_unpriced_cost_usd", part.disposedUnpricedCost),
            ("transferred_out_cost_usd", part.transferredOutCost),
            ("transferred_out_value_usd", part.transferredOutValue),
        ]
        for (name, amount) in amounts {
            json.key(name)
            json.money(amount)
        }
        let counts: [(StaticString, Int64)] = [
            ("assets", part.assets), ("unrealized_without_price", part.unrealisedWithoutPrice),
            ("unpriced_legs", part.unpricedLegs), ("one_sided", part.oneSided), ("trades", part.trades),
            ("wins", part.wins), ("losses", part.losses),
        ]
        for (name, count) in counts {
            json.key(name)
            json.integer(count)
        }
        json.key("win_rate_percentage")
        json.percentage(millionths: part.winRateMillionths)
        json.key("return_percentage")
        json.percentage(millionths: part.returnMillionths)
        json.key("average_hold_minutes")
        json.quotient(Int128(part.averageHoldMicroseconds), by: 60_000_000)
        json.endObject()
    }

    /// Copy-trading metrics (domain.md 1.7), as one member.
    static func appendCopyTrading(_ figures: CopyTradingFigures, to json: inout JSONWriter) {
        json.key("copy_trading")
        json.beginObject()
        let counts: [(StaticString, Int64)] = [
            ("tokens", figures.tokens), ("wins", figures.wins), ("losses", figures.losses),
            ("profitable_tokens", figures.profitableTokens),
        ]
        for (name, count) in counts {
            json.key(name)
            json.integer(count)
        }
        let percentages: [(StaticString, Int64?)] = [
            ("win_rate_percentage", figures.winRateMillionths),
            ("average_win_percentage", figures.averageWinMillionths),
            ("average_loss_percentage", figures.averageLossMillionths),
            ("expectancy_percentage", figures.expectancyMillionths),
            ("median_loss_percentage", figures.medianLossMillionths),
            ("median_return_percentage", figures.medianReturnMillionths),
        ]
        for (name, millionths) in percentages {
            json.key(name)
            json.percentage(millionths: millionths)
        }
        json.key("median_profit_usd")
        if let profit = figures.medianProfit { json.money(profit) } else { json.null() }
        json.key("top_result_usd")
        if let result = figures.topResult { json.money(result) } else { json.null() }
        json.key("skill_ratio")
        json.decimal(Int128(figures.skillRatioMillionths), scale: 6)
        json.endObject()
    }
}
