import JSON
import Postgres
import ReadModels

/// What is true of a list as a whole: the sums over everything, and how many wallets match.
struct ResultsOverview: Sendable, Hashable {
    var matching: Int64
    var wallets: Int64
    var profitable: Int64
    var totalPnl: String
    /// Nil without wallets.
    var averagePnl: String?
    var realisedPnl: String
    var unrealisedPnl: String
    var trades: Int64
    var wins: Int64
    var losses: Int64
    var oneSided: Int64
    var refused: Int64
    var degraded: Int64
    /// When the projection last moved, microseconds since the epoch; nil before its first batch.
    var movedAt: Int64?

    /// `pagination` of domain.md 1.2.
    func appendPagination(of query: ResultsQuery, to json: inout JSONWriter) {
        let isCounted = matching <= ResultsStatement.maximumCount || !query.isFiltered
        let total = isCounted ? matching : ResultsStatement.maximumCount
        json.key("pagination")
        json.beginObject()
        json.key("total_count")
        json.integer(total)
        json.key("total_count_is_lower_bound")
        json.bool(!isCounted)
        json.key("limit")
        json.integer(query.limit)
        json.key("offset")
        json.integer(query.offset)
        json.key("has_more")
        json.bool(!isCounted || query.offset + query.limit < total)
        json.endObject()
    }

    /// `summary` of domain.md 1.4, over everything and not over the page.
    func appendSummary(to json: inout JSONWriter) {
        json.key("summary")
        json.beginObject()
        json.key("total_wallets")
        json.integer(wallets)
        json.key("profitable_wallets")
        json.integer(profitable)
        json.key("total_pnl_usd")
        json.exactNumber(totalPnl)
        json.key("average_pnl_usd")
        json.exactNumber(averagePnl)
        json.key("realized_pnl_usd")
        json.exactNumber(realisedPnl)
        json.key("unrealized_pnl_usd")
        json.exactNumber(unrealisedPnl)
        json.key("total_trades")
        json.integer(trades)
        json.key("winning_trades")
        json.integer(wins)
        json.key("losing_trades")
        json.integer(losses)
        json.key("profitability_rate")
        json.exactNumber(Self.percentage(profitable, of: wallets), scale: 6)
        json.key("total_incomplete_trades")
        json.integer(oneSided)
        json.key("last_updated")
        json.time(movedAt)
        json.endObject()
    }

    /// What is missing over all wallets.
    func appendCompleteness(to json: inout JSONWriter) {
        json.beginObject()
        json.key("wallets")
        json.integer(wallets)
        json.key("degraded_wallets")
        json.integer(degraded)
        json.key("refused_transactions")
        json.integer(refused)
        json.key("one_sided_trades")
        json.integer(oneSided)
        json.endObject()
    }

    /// Percent in units of 10^-6, cut off; 0 of nothing, as the original has it.
    static func percentage(_ part: Int64, of whole: Int64) -> Int128 {
        whole == 0 ? 0 : Int128(part) * 100_000_000 / Int128(whole)
    }
}

extension ResultsOverview {
    /// Reads the columns behind those every statement begins with.
    init(_ rows: ResultSet) throws {
        var reader = RowReader(rows, row: 0, column: 2)
        matching = try reader.integer()
        wallets = try reader.integer()
        profitable = try reader.integer()
        totalPnl = try reader.text()
        averagePnl = try reader.optional { try $0.text() }
        realisedPnl = try reader.text()
        unrealisedPnl = try reader.text()
        trades = try reader.integer()
        wins = try reader.integer()
        losses = try reader.integer()
        oneSided = try reader.integer()
        refused = try reader.integer()
        degraded = try reader.integer()
        movedAt = try reader.optional { try $0.integer() }.flatMap { $0 == 0 ? nil : $0 }
    }
}
