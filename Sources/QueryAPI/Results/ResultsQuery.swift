import Events
import Postgres

/// What a list of wallets can be sorted by; each has an index (schemas/generation.sql).
enum ResultsSort: String, CaseIterable, Sendable {
    case pnl, realized, trades, roi, composite
    case winRate = "win_rate"
    case analyzedAt = "analyzed_at"
    case holdTime = "hold_time"

    /// The column of `wallet_pnl`; a closed table, so that no text of a request ever becomes part of a statement.
    var column: String {
        switch self {
        case .pnl: "total_pnl"
        case .realized: "realised_pnl"
        case .trades: "trades"
        case .roi: "profit_ratio_millionths"
        case .composite: "composite_score"
        case .winRate: "win_rate_millionths"
        case .analyzedAt: "analysed_at"
        case .holdTime: "average_hold"
        }
    }
}

/// The direction of a sort.
enum SortOrder: String, CaseIterable, Sendable {
    case asc, desc
}

/// The parameters of `/api/results` (domain.md 1.2 and 1.4).
struct ResultsQuery: Sendable, Hashable {
    static let defaultLimit: Int64 = 50
    static let maximumLimit: Int64 = 25_000
    /// What lies before a page is read to be skipped, so the bound is that of counting.
    static let maximumOffset = ResultsStatement.maximumCount

    /// A figure that can be bounded: its name in `min_…` and `max_…`, its column, and how its unit becomes the
    /// column's.
    struct Filter: Sendable {
        let name: String
        let column: String
        let powerOfTen: Int
        var factor: Int128 = 1
        /// Whether the column holds whole numbers; a bound is then one too, so that its index serves.
        var isWhole = true

        /// PostgreSQL's type of the column.
        var type: String { isWhole ? "bigint" : "numeric" }

        /// A parameter's number as a bound of the column.
        func bound(_ number: PostgresValue, isMinimum: Bool) -> PostgresValue {
            guard isWhole, case .numeric(let units, let scale) = number else { return number }
            return .int64(WholeBound.value(units, times: factor, scale: scale, isMinimum: isMinimum))
        }
    }

    static let filters: [Filter] = [
        Filter(name: "pnl", column: "total_pnl", powerOfTen: 0, isWhole: false),
        Filter(name: "win_rate", column: "win_rate_millionths", powerOfTen: 4),
        Filter(name: "hold_time", column: "average_hold", powerOfTen: 6, factor: 60),
        Filter(name: "trades", column: "trades", powerOfTen: 0),
        Filter(name: "roi", column: "profit_ratio_millionths", powerOfTen: 4),
        Filter(name: "unique_tokens", column: "unique_tokens", powerOfTen: 0),
        Filter(name: "active_days", column: "active_days", powerOfTen: 0),
    ]

    var offset: Int64
    var limit: Int64
    var chain: Chain?
    var sort: ResultsSort
    var order: SortOrder
    /// The smallest and the largest value of each of `filters`, NULL where there is none.
    var bounds: [PostgresValue]
    var favorites: Bool?
    var archived: Bool?

    /// Reads and checks the parameters.
    init(_ parameters: Parameters) throws(APIError) {
        self = .newest
        offset = try parameters.integer("offset", in: 0...Self.maximumOffset) ?? offset
        limit = try parameters.integer("limit", in: 1...Self.maximumLimit) ?? limit
        chain = try parameters.chain()
        sort = try parameters.choice("sort", default: sort)
        order = try parameters.choice("order", default: order)
        bounds = []
        for filter in Self.filters {
            for side in ["min", "max"] {
                let value = try parameters.decimal("\(side)_\(filter.name)", timesPowerOfTen: filter.powerOfTen)
                bounds.append(filter.bound(value, isMinimum: side == "min"))
            }
        }
        favorites = try parameters.flag("favorites")
        archived = try parameters.flag("archived")
    }

    private init() {
        (offset, limit, sort, order) = (0, Self.defaultLimit, .analyzedAt, .desc)
        bounds = Array(repeating: .null, count: Self.filters.count * 2)
    }

    /// The list without parameters.
    static let newest = ResultsQuery()

    /// Whether anything but the chain narrows the list.
    var isFiltered: Bool { favorites != nil || archived != nil || bounds.contains { $0 != .null } }
}

/// Bounds of columns of whole numbers.
enum WholeBound {
    /// The least whole number that is at least `units × factor × 10^-scale`, or the greatest that is at most that; the
    /// nearest of 64 bits, which is beyond every figure, if it has more.
    static func value(_ units: Int128, times factor: Int128, scale: Int, isMinimum: Bool) -> Int64 {
        let (product, overflowed) = units.multipliedReportingOverflow(by: factor)
        guard !overflowed else { return units > 0 ? .max : .min }
        var divisor: Int128 = 1
        for _ in 0..<scale { divisor *= 10 }
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
        // The quotient is cut off towards zero, so one side of zero is already where it should be.
        if isMinimum { return Int64(clamping: remainder > 0 ? quotient + 1 : quotient) }
        return Int64(clamping: remainder < 0 ? quotient - 1 : quotient)
    }
}
