public import Accounting
public import Events
import JSON

/// A wallet's stored body: `PortfolioPnLResult` of domain.md 10, bounded. It says nothing that depends on the order of
/// arrival: position, version and wall-clock times are columns beside it.
public enum WalletBody {
    /// Token lines a body carries at most, the largest by profit or loss.
    public static let maximumTokenCount = 200

    /// Renders a JSON object.
    public static func render(_ numbers: WalletNumbers, wallet: WalletKey) -> [UInt8] {
        let counted = numbers.tokens.filter { !$0.isExcluded }
        let largest = counted.sorted(by: isLarger).prefix(maximumTokenCount)
        var json = JSONWriter(reservingByteCount: 1024 * (2 + largest.count))
        json.beginObject()
        json.key("wallet_address")
        json.string(wallet.address.text(on: wallet.chain))
        json.key("token_results")
        json.beginArray()
        let matchedTrades = TokenBody.matchedTrades(of: numbers)
        for token in largest {
            TokenBody.append(
                token, chain: wallet.chain, matchedTrades: matchedTrades[token.asset] ?? 0, to: &json)
        }
        json.endArray()
        json.key("token_results_total")
        json.integer(counted.count)
        json.key("token_results_truncated")
        json.bool(counted.count > largest.count)
        appendPortfolio(numbers.portfolio, to: &json)
        appendParts(numbers.portfolio.parts, to: &json)
        appendCopyTrading(numbers.portfolio.copyTrading, to: &json)
        appendCoverage(numbers.completeness, to: &json)
        json.key("completeness")
        appendCompleteness(numbers.completeness, to: &json)
        json.endObject()
        return json.bytes
    }

    /// By the size of realised profit or loss, ties by address.
    private static func isLarger(_ left: TokenFigures, _ right: TokenFigures) -> Bool {
        let sizes = (left.realised.units.magnitude, right.realised.units.magnitude)
        return sizes.0 == sizes.1 ? left.asset < right.asset : sizes.0 > sizes.1
    }

    private static func appendPortfolio(_ portfolio: PortfolioFigures, to json: inout JSONWriter) {
        json.key("total_realized_pnl_usd")
        json.money(portfolio.realised)
        json.key("total_unrealized_pnl_usd")
        json.money(portfolio.unrealised)
        json.key("total_pnl_usd")
        json.money(portfolio.total)
        json.key("total_trades")
        json.integer(portfolio.trades)
        json.key("winning_trades")
        json.integer(portfolio.wins)
        json.key("losing_trades")
        json.integer(portfolio.losses)
        json.key("overall_win_rate_percentage")
        json.quotient(Int128(portfolio.wins) * 100, by: Int128(portfolio.wins) + Int128(portfolio.losses))
        json.key("avg_hold_time_minutes")
        json.quotient(Int128(portfolio.averageHoldMicroseconds), by: 60_000_000)
        json.key("tokens_analyzed")
        json.integer(portfolio.tokensAnalysed)
        json.key("events_processed")
        json.integer(portfolio.eventsProcessed)
        json.key("total_invested_usd")
        json.money(portfolio.invested)
        json.key("total_returned_usd")
        json.money(portfolio.returned)
        json.streaks(portfolio.streaks)
        json.key("profit_percentage")
        json.decimal(Int128(portfolio.profitRatioMillionths), scale: 4)
        json.key("unique_tokens_count")
        json.integer(portfolio.uniqueTokens)
        json.key("active_days_count")
        json.integer(portfolio.activeDays)
    }

    private static func appendCoverage(_ completeness: Completeness, to json: inout JSONWriter) {
        json.key("timeframe_requested")
        if let timeframe = completeness.timeframe { json.string(timeframe) } else { json.null() }
        json.key("transaction_limit_requested")
        if let limit = completeness.limit { json.integer(limit) } else { json.null() }
        json.key("transactions_fetched")
        json.integer(completeness.transactions)
        json.key("was_transaction_limit_hit")
        json.bool(completeness.stopReason == .limit)
        json.key("incomplete_trades_count")
        json.integer(completeness.oneSided)
    }

    private static func appendCompleteness(_ completeness: Completeness, to json: inout JSONWriter) {
        json.beginObject()
        json.key("covered_from")
        json.time(completeness.coveredFrom)
        json.key("covered_to")
        json.time(completeness.coveredTo)
        json.key("reached_beginning")
        json.bool(completeness.reachedBeginning)
        json.key("stopped_because")
        if let reason = completeness.stopReason { json.string(reason.name) } else { json.null() }
        json.key("transactions")
        json.integer(completeness.transactions)
        json.key("refused_transactions")
        json.integer(completeness.refused)
        json.key("trash_transactions")
        json.integer(completeness.trash)
        json.key("one_sided_trades")
        json.integer(completeness.oneSided)
        json.key("unpriced_legs")
        json.integer(completeness.unpricedLegs)
        json.key("non_fungible_legs")
        json.integer(completeness.nonFungibleLegs)
        json.key("assets_with_missing_quantity")
        json.integer(completeness.assetsWithMissingQuantity)
        json.key("proceeds_without_basis_usd")
        json.money(completeness.proceedsWithoutBasis)
        json.key("unrepresentable_assets")
        json.integer(completeness.unrepresentableAssets)
        let counts: [(StaticString, Int64)] = [
            ("failed_transactions", completeness.failed), ("pending_transactions", completeness.pending),
            ("unbalanced_swaps", completeness.unbalancedSwaps), ("unpriced_fees", completeness.unpricedFees),
            ("transfers_without_value", completeness.transfersWithoutValue),
            ("unrealized_without_price", completeness.unrealisedWithoutPrice),
            ("quote_assets_with_missing_quantity", completeness.quoteAssetsWithMissingQuantity),
            ("spam_assets", completeness.spamAssets),
        ]
        for (name, count) in counts {
            json.key(name)
            json.integer(count)
        }
        json.key("replaced_texts")
        json.integer(completeness.replacedTexts)
        json.endObject()
    }
}
