import Events
import Postgres

/// The statement behind `/api/results`: one row at least, whose first columns describe the whole and stand in the first
/// row only; the others carry one wallet a row.
enum ResultsStatement {
    /// Matching wallets are counted up to here; a list that has more says so.
    static let maximumCount: Int64 = 200_000
    /// A page within the first so many wallets of a list without filters is read from the index of its sort. The number
    /// is part of the text, since a generic plan takes a limit that it does not know for a large one.
    static let headCount: Int64 = 100

    /// Whether a page is read that way, and so on the fast lane.
    static func isHead(_ query: ResultsQuery) -> Bool {
        !query.isFiltered && query.offset + query.limit <= headCount
    }

    /// Columns of the whole, in the order in which `ResultsOverview` reads them.
    private static let overviewColumnNames = [
        "generation", "projected", "matching", "wallets", "profitable", "total_pnl", "average_pnl", "realised_pnl",
        "unrealised_pnl", "trades", "wins", "losses", "one_sided", "refused", "degraded", "moved_at",
    ]
    static let overviewColumnCount = overviewColumnNames.count
    private static let overviewColumns = overviewColumnNames.map { "overview.\($0)" }.joined(separator: ", ")

    /// The statement and its values. One text for each sort and direction, and for each set of what narrows the list:
    /// a term that may be absent would keep the planner from every index.
    static func make(_ query: ResultsQuery) -> (statement: ReadStatement, values: [PostgresValue]) {
        var values: [PostgresValue] = [.int64(query.limit), .int64(query.offset)]
        if let chain = query.chain { values.append(.int16(chain.rawValue)) }
        values += query.bounds.filter { $0 != .null }
        return (statement(query), values)
    }

    /// What tells the texts apart, in few characters: PostgreSQL tells names apart by their first 63.
    private static func variant(_ query: ResultsQuery) -> String {
        let given = query.bounds.reduce(0) { $0 << 1 | ($1 == .null ? 0 : 1) }
        let bounds = String(given, radix: 16)
        let flags = [query.favorites, query.archived].map { flag in flag.map { $0 ? "1" : "0" } ?? "x" }.joined()
        return [
            query.sort.rawValue, query.order.rawValue, query.chain == nil ? "" : "chain",
            query.isFiltered ? "\(bounds)_\(flags)" : "", isHead(query) ? "head" : "",
        ].filter { !$0.isEmpty }.joined(separator: "_")
    }

    private static func statement(_ query: ResultsQuery) -> ReadStatement {
        let variant = variant(query)
        let direction = query.order == .asc ? "ASC" : "DESC"
        let condition = condition(query)
        return ReadStatement(
            name: "results_\(variant)",
            """
            WITH overview AS (
                SELECT \(ReadStatement.headOfAll), \(matching(query, condition)) AS matching, totals.*,
                       (SELECT max(p.moved_at) FROM {schema}.projection_progress p) AS moved_at
                FROM base.live, (\(totals(query))) AS totals
            ), page AS (
                SELECT row_number() OVER () AS ordinal, \(WalletFigures.columns) FROM (
                    SELECT * FROM (
                        SELECT w.* FROM {schema}.wallet_pnl w \(condition)
                        ORDER BY w.\(query.sort.column) \(direction), w.chain \(direction), w.wallet \(direction)
                        \(isHead(query) ? "LIMIT \(headCount)" : "")
                    ) AS sorted LIMIT $1::bigint OFFSET $2::bigint
                ) AS w
            )
            SELECT \(overviewColumns), page.* FROM (SELECT 1::bigint AS first, * FROM overview) AS overview
            FULL JOIN page ON page.ordinal = overview.first
            ORDER BY page.ordinal NULLS FIRST
            """)
    }

    /// Sums over all wallets, or over those of one chain: never over the page.
    private static func totals(_ query: ResultsQuery) -> String {
        """
        SELECT coalesce(sum(wallets), 0)::bigint AS wallets, coalesce(sum(profitable_wallets), 0)::bigint AS profitable,
               trim_scale(coalesce(sum(total_pnl), 0))::text AS total_pnl,
               trim_scale(round(sum(total_pnl) / nullif(sum(wallets), 0), 18))::text AS average_pnl,
               trim_scale(coalesce(sum(realised_pnl), 0))::text AS realised_pnl,
               trim_scale(coalesce(sum(unrealised_pnl), 0))::text AS unrealised_pnl,
               coalesce(sum(trades), 0)::bigint AS trades, coalesce(sum(wins), 0)::bigint AS wins,
               coalesce(sum(losses), 0)::bigint AS losses, coalesce(sum(one_sided), 0)::bigint AS one_sided,
               coalesce(sum(refused), 0)::bigint AS refused, coalesce(sum(degraded_wallets), 0)::bigint AS degraded
        FROM {schema}.summary \(query.chain == nil ? "" : "WHERE chain = $3::smallint")
        """
    }

    /// How many wallets the list has, pages aside: known from the summary, or counted up to a bound.
    private static func matching(_ query: ResultsQuery, _ condition: String) -> String {
        guard query.isFiltered else { return "totals.wallets" }
        return """
            (SELECT count(*) FROM
             (SELECT FROM {schema}.wallet_pnl w \(condition) LIMIT \(maximumCount + 1)) AS counted)
            """
    }

    private static func condition(_ query: ResultsQuery) -> String {
        var terms: [String] = []
        var parameter = 3
        if query.chain != nil {
            terms.append("w.chain = $\(parameter)::smallint")
            parameter += 1
        }
        for (index, bound) in query.bounds.enumerated() where bound != .null {
            let filter = ResultsQuery.filters[index / 2]
            let comparison = index.isMultiple(of: 2) ? ">=" : "<="
            terms.append("w.\(filter.column) \(comparison) $\(parameter)::\(filter.type)")
            parameter += 1
        }
        for (name, isOn) in [("favorite", query.favorites), ("archive", query.archived)] {
            guard let isOn else { continue }
            terms.append(
                """
                \(isOn ? "" : "NOT ")EXISTS (SELECT FROM base.wallet_flags f
                 WHERE f.chain = w.chain AND f.wallet = w.wallet AND f.name = '\(name)' AND f.is_on)
                """)
        }
        return terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ")
    }
}
