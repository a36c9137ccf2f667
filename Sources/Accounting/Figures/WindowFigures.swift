public import Events

/// What a stretch of time came to: the disposals within it, with the basis carried in from before (domain.md 11.2,
/// Windows). The total is what was realised.
public struct WindowFigures: Sendable, Hashable {
    /// First microsecond that counts, since the epoch.
    public var from: Int64
    /// The first that does not any more.
    public var to: Int64
    /// Everything but quote assets and spam.
    public var tokens = PeriodFigures()
    /// Native coins and USD stablecoins.
    public var quote = PeriodFigures()
    /// Tokens plus quote assets.
    public var whole = PeriodFigures()
    /// Each asset with a disposal or a fee in the window.
    public var assets: [Address: PeriodFigures] = [:]

    /// An empty window.
    public init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }
}

/// What disposals within a stretch of time came to.
public struct PeriodFigures: Sendable, Hashable {
    /// Realised profit and loss, gross of fees.
    public var realised = Money.zero
    /// Fees charged.
    public var fees = Money.zero
    /// Realised minus fees.
    public var realisedNet = Money.zero
    /// Proceeds of what had a known basis.
    public var returned = Money.zero
    /// Its cost, whenever it was acquired.
    public var disposedCost = Money.zero
    /// Proceeds of what had no known basis.
    public var proceedsWithoutBasis = Money.zero
    /// Closed trades.
    public var trades: Int64 = 0
    /// Trades with a profit.
    public var wins: Int64 = 0
    /// Trades with a loss.
    public var losses: Int64 = 0
    /// Runs of wins and losses.
    public var streaks = StreakFigures()
    /// Wins over wins and losses, millionths; nil without either.
    public var winRateMillionths: Int64?
    /// Return on `disposedCost`, millionths of one; nil when nothing of known basis was disposed of.
    public var returnMillionths: Int64?
    /// Average time held, weighted by cost (by quantity where the cost is 0), microseconds.
    public var averageHoldMicroseconds: Int64 = 0

    /// Nothing.
    public init() {}
}

/// A window that ends at the minute of a request.
public enum RelativeWindow: String, Sendable, Hashable, CaseIterable {
    case day = "24h"
    case week = "7d"
    case month = "30d"
    case quarter = "90d"
    case year = "1y"
    case all = "all"

    /// First and end microsecond of the window, for a request at `time`: it ends with the minute that began last (UTC).
    public func interval(endingAt time: Int64) -> Range<Int64> {
        let minute: Int64 = 60_000_000
        let end = time.flooredQuotient(by: minute) * minute
        guard let days else { return .min..<end }
        return end.subtractingClamped(days * 86_400_000_000)..<end
    }

    private var days: Int64? {
        switch self {
        case .day: 1
        case .week: 7
        case .month: 30
        case .quarter: 90
        case .year: 365
        case .all: nil
        }
    }
}
