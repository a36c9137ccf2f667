import Accounting
import Events
import JSON
import Postgres
import ReadModels

extension WalletRequest {
    /// `/api/v2/wallets/{wallet}/trades`.
    func trades() -> Question {
        question("trades", lane: .slow, WalletStatement.trades) { found in
            let trades = try found.trades()
            let completeness = try found.figures.completeness(of: found.body())
            let bytes = found.figures.envelope(in: found.generation).render(
                reservingByteCount: 2048 + 1000 * (trades.matched.count + trades.unmatched.count),
                completeness: { $0.raw(completeness) }
            ) { found.figures.appendTrades(trades, to: &$0) }
            return Answer(body: bytes, entityTag: found.figures.entityTag(in: found.generation), isStorable: true)
        }
    }
}

extension FoundWallet {
    /// The newest trades over all tokens that count.
    fileprivate func trades() throws -> TradeList {
        var list = TradeList()
        let column = WalletStatement.addedColumn + 1
        if !rows.isNull(row: 0, column: column) {
            let last = rows.rowCount - 1
            list.isComplete = try rows.int64(row: last, column: column + 4) == Int64(rows.rowCount)
            // What was not read may be as new as the last chunk that was: older trades would have gaps between them.
            let horizon = list.isComplete ? .min : try rows.int64(row: last, column: column + 3)
            for row in 0..<rows.rowCount {
                var reader = RowReader(rows, row: row, column: column)
                let asset = Address(bytes: try reader.bytes()) ?? .empty
                let symbol = try reader.text()
                let token = TradedToken(
                    wallet: figures.wallet, asset: asset, symbol: symbol, decimals: Int(try reader.integer()))
                try list.add(rows.bytes(row: row, column: column + 5), of: token, since: horizon)
            }
        }
        list.finish()
        return list
    }
}

extension WalletFigures {
    func appendTrades(_ trades: TradeList, to json: inout JSONWriter) {
        json.beginObject()
        json.key("wallet_address")
        json.string(wallet.address.text(on: wallet.chain))
        json.key("chain")
        json.string(wallet.chain.name)
        json.key("matched_trades")
        json.beginArray()
        for part in trades.matched { appendTrade(part, to: &json) }
        json.endArray()
        trades.appendMatchedTotals(to: &json)
        json.key("unmatched_sells")
        json.beginArray()
        for part in trades.unmatched { part.appendUnmatchedSell(to: &json) }
        json.endArray()
        json.key("unmatched_sells_truncated")
        json.bool(trades.isUnmatchedTruncated)
        json.key("statistics")
        appendStatistics(trades, to: &json)
        json.endObject()
    }

    private func appendTrade(_ part: TradePart, to json: inout JSONWriter) {
        json.beginObject()
        part.appendMatchedTrade(to: &json)
        json.key("performance_category")
        json.string(Category.performance(realised: part.match.realised, cost: part.match.cost))
        json.key("hold_time_category")
        json.string(Category.hold(seconds: part.match.holdSeconds))
        json.key("position_size_percentage")
        json.ratioText(part.match.cost.units, by: invested, shift: 2)
        json.key("timing_score")
        json.null()
        json.endObject()
    }

    /// Over all trades where a column says so; over the listed ones only when those are all, else null.
    private func appendStatistics(_ trades: TradeList, to json: inout JSONWriter) {
        json.beginObject()
        json.key("total_trades")
        json.integer(self.trades)
        json.key("winning_trades")
        json.integer(wins)
        json.key("losing_trades")
        json.integer(losses)
        json.key("win_rate_percentage")
        json.decimal(Int128(winRateMillionths), scale: 4)
        json.key("total_realized_pnl_usd")
        json.decimal(realised, scale: Money.scale)
        json.key("total_invested_usd")
        json.decimal(invested, scale: Money.scale)
        json.key("total_returned_usd")
        json.decimal(returned, scale: Money.scale)
        json.key("avg_hold_time_minutes")
        json.ratioText(Int128(averageHoldMicroseconds), by: 60_000_000)
        json.key("average_pnl_per_trade_usd")
        json.ratioText(realised, by: Int128(self.trades), shift: -Money.scale)
        let outcomes = trades.isMatchedTruncated ? nil : TradeOutcomes(trades.matched)
        json.key("total_gains_usd")
        json.optional(outcomes?.gains)
        json.key("total_losses_usd")
        json.optional(outcomes?.losses)
        json.key("profit_factor")
        if let outcomes { json.ratioText(outcomes.gains.units, by: -outcomes.losses.units) } else { json.null() }
        json.key("largest_win_usd")
        json.optional(outcomes?.largestWin)
        json.key("largest_loss_usd")
        json.optional(outcomes?.largestLoss)
        json.endObject()
    }
}

/// What a list of trades came to on either side.
struct TradeOutcomes: Sendable, Hashable {
    var gains = Money.zero
    var losses = Money.zero
    /// Nil without a win.
    var largestWin: Money?
    /// Nil without a loss.
    var largestLoss: Money?

    /// Nil when a sum leaves 128 bits.
    init?(_ parts: [TradePart]) {
        for part in parts {
            let realised = part.match.realised
            if realised.units > 0 {
                guard let sum = try? gains.adding(realised) else { return nil }
                gains = sum
                largestWin = max(largestWin ?? realised, realised)
            } else if realised.units < 0 {
                guard let sum = try? losses.adding(realised) else { return nil }
                losses = sum
                largestLoss = min(largestLoss ?? realised, realised)
            }
        }
    }
}
