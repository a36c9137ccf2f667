public import Events

/// What a wallet came to over the assets its rule set counts.
public struct PortfolioFigures: Sendable, Hashable {
    /// Sum of the tokens' realised profit and loss.
    public var realised = Money.zero
    /// Sum of the known unrealised profit and loss.
    public var unrealised = Money.zero
    /// Realised plus unrealised.
    public var total = Money.zero
    /// Cost of what was bought.
    public var invested = Money.zero
    /// Proceeds of what was sold out of known lots.
    public var returned = Money.zero
    /// Cost of what is held with known basis.
    public var heldCost = Money.zero
    /// Closed trades.
    public var trades: Int64 = 0
    /// Trades with a profit.
    public var wins: Int64 = 0
    /// Trades with a loss.
    public var losses: Int64 = 0
    /// Wins over trades in millionths; 0 without trades.
    public var winRateMillionths: Int64 = 0
    /// The rule set's return figure in millionths of one (r1: 1,000,000 = break even, in steps of 100; domain.md 2.7).
    public var profitRatioMillionths: Int64 = 0
    /// Average time a trade was held, microseconds (r1: unweighted mean over the counted tokens).
    public var averageHoldMicroseconds: Int64 = 0
    /// Runs of wins and losses over all counted trades.
    public var streaks = StreakFigures()
    /// UTC days with a counted trade (r1: of its sale).
    public var activeDays: Int64 = 0
    /// Assets with events, excluded ones included.
    public var tokensAnalysed: Int64 = 0
    /// Assets counted.
    public var uniqueTokens: Int64 = 0
    /// Financial events folded, excluded assets included.
    public var eventsProcessed: Int64 = 0
    /// The parts that make up the wallet (r1: all zero).
    public var parts = PortfolioParts()
    /// What a copier of this wallet would look at (r1: all zero).
    public var copyTrading = CopyTradingFigures()

    /// A wallet without events.
    public init() {}
}

/// One UTC day of a wallet.
public struct DailyFigures: Sendable, Hashable {
    /// Days since 1970-01-01.
    public var day: Int32
    /// Realised on that day over the counted assets.
    public var realised = Money.zero
    /// Trades closed on that day.
    public var trades: Int64 = 0
    /// Of them with a profit.
    public var wins: Int64 = 0
    /// Proceeds of that day's trades.
    public var volume = Money.zero
    /// Realised on that day over the quote assets (r1: zero).
    public var quoteRealised = Money.zero
    /// Fees of that day (r1: zero).
    public var fees = Money.zero
    /// Swaps of that day (r1: zero).
    public var swaps: Int64 = 0

    /// A day without trades.
    public init(day: Int32) { self.day = day }
}

/// How far the numbers are complete (I9): missing data never looks like zero.
public struct Completeness: Sendable, Hashable {
    /// Transactions in the stream, refused ones left out.
    public var transactions: Int64 = 0
    /// Transactions that could not be decoded and were not superseded.
    public var refused: Int64 = 0
    /// Transactions flagged as spam and left out.
    public var trash: Int64 = 0
    /// Trades with only one side.
    public var oneSided: Int64 = 0
    /// Legs without a price.
    public var unpricedLegs: Int64 = 0
    /// Legs of NFTs or of assets that nothing was said about (r1: of native coins without an address, too).
    public var nonFungibleLegs: Int64 = 0
    /// Assets of which something was sold without a known acquisition.
    public var assetsWithMissingQuantity: Int64 = 0
    /// Proceeds of what had no known basis, counted assets.
    public var proceedsWithoutBasis = Money.zero
    /// Assets that do not fit 128 bits.
    public var unrepresentableAssets: Int64 = 0
    /// Texts in which NUL or invalid UTF-8 was replaced.
    public var replacedTexts: Int64 = 0
    /// Oldest covered time, microseconds since the epoch; nil without coverage.
    public var coveredFrom: Int64?
    /// Newest covered time, microseconds since the epoch; nil without coverage.
    public var coveredTo: Int64?
    /// Whether nothing older exists.
    public var reachedBeginning = false
    /// Why fetching stopped, of the oldest coverage.
    public var stopReason: CoverageRecorded.StopReason?
    /// The time range of the newest coverage as requested.
    public var timeframe: String?
    /// Most transactions requested, of the newest coverage.
    public var limit: UInt64?
    /// Transactions that failed: their fee counts (r1: 0).
    public var failed: Int64 = 0
    /// Transactions that are not executed yet and left out (r1: 0).
    public var pending: Int64 = 0
    /// Swaps whose sides disagree too much, or in which a side was a fee and no payment (r1: 0).
    public var unbalancedSwaps: Int64 = 0
    /// Fees that nobody priced (r1: 0).
    public var unpricedFees: Int64 = 0
    /// Sends of which nobody said what they were worth (r1: 0).
    public var transfersWithoutValue: Int64 = 0
    /// Assets held at a known cost of which nobody stated a price (r1: 0).
    public var unrealisedWithoutPrice: Int64 = 0
    /// Quote assets of which something was given without a known acquisition; they lower nothing (r1: 0).
    public var quoteAssetsWithMissingQuantity: Int64 = 0
    /// Assets left out as spam (r1: 0).
    public var spamAssets: Int64 = 0

    /// Nothing known.
    public init() {}
}
