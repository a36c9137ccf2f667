import Accounting
import Events
import JSON
import ReadModels

extension WalletFigures {
    /// `ResultRow` of domain.md 1.4: figures are JSON numbers with all their digits.
    func appendResultRow(to json: inout JSONWriter) {
        json.beginObject()
        json.key("wallet_address")
        json.string(wallet.address.text(on: wallet.chain))
        json.key("chain")
        json.string(wallet.chain.name)
        json.key("token_address")
        json.string("portfolio")
        json.key("token_symbol")
        json.string("PORTFOLIO")
        json.key("total_pnl_usd")
        json.exactNumber(total, scale: Money.scale)
        json.key("realized_pnl_usd")
        json.exactNumber(realised, scale: Money.scale)
        json.key("unrealized_pnl_usd")
        json.exactNumber(unrealised, scale: Money.scale)
        json.key("roi_percentage")
        json.exactNumber(Int128(profitRatioMillionths), scale: 4)
        appendTrading(to: &json)
        json.key("analyzed_at")
        json.time(coveredTo)
        json.key("is_favorited")
        json.bool(isFavorited)
        json.key("is_archived")
        json.bool(isArchived)
        appendCompletenessMarks(to: &json)
        json.endObject()
    }

    private func appendTrading(to json: inout JSONWriter) {
        json.key("total_trades")
        json.integer(trades)
        json.key("win_rate")
        json.exactNumber(Int128(winRateMillionths), scale: 4)
        json.key("avg_hold_time_minutes")
        // Microseconds over 60 · 10^6, cut off behind the sixth decimal.
        json.exactNumber(Int128(averageHoldMicroseconds) / 60, scale: 6)
        json.key("unique_tokens_count")
        json.integer(uniqueTokens)
        json.key("active_days_count")
        json.integer(activeDays)
    }

    private func appendCompletenessMarks(to json: inout JSONWriter) {
        json.key("incomplete_trades_count")
        json.integer(oneSided)
        json.key("refused_transactions")
        json.integer(refused)
        json.key("is_degraded")
        json.bool(isDegraded)
        json.key("timeframe_requested")
        json.optional(timeframe)
        json.key("transaction_limit_requested")
        if let transactionLimit { json.integer(transactionLimit) } else { json.null() }
        json.key("transactions_fetched")
        json.integer(transactions)
        json.key("was_transaction_limit_hit")
        json.bool(isLimitHit)
    }
}
