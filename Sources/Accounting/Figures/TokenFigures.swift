public import Events

/// What one asset of a wallet came to. Quantities are base units of `decimals`.
public struct TokenFigures: Sendable, Hashable {
    /// The asset's raw address; empty for a native coin without one.
    public var asset: Address
    /// Symbol as last reported.
    public var symbol: String
    /// Base units a whole unit: 10^decimals.
    public var decimals: UInt8
    /// Left out of the portfolio: an exchange or quote currency, by the rule set's own rule.
    public var isExcluded = false
    /// Something of it does not fit 128 bits: its figures stop before that event and are not served as complete (I8).
    public var isUnrepresentable = false
    /// Events folded for it.
    public var eventCount: Int64 = 0
    /// Realised profit and loss, gross of fees.
    public var realised = Money.zero
    /// Unrealised profit and loss at the latest price; nil without one (r1: zero).
    public var unrealised: Money?
    /// USD a whole unit, the newest observation of the stream.
    public var latestPrice: DecimalNumber?
    /// When that price held, microseconds since the epoch.
    public var latestPriceTime: Int64?
    /// Who stated it.
    public var latestPriceSource: String?
    /// Cost of what was bought.
    public var invested = Money.zero
    /// Proceeds of what was sold out of known lots.
    public var returned = Money.zero
    /// Closed trades (r1: pairs of buy and sell).
    public var trades: Int64 = 0
    /// Trades with a profit.
    public var wins: Int64 = 0
    /// Trades with a loss (r1: or with neither).
    public var losses: Int64 = 0
    /// Trades by how long they were held.
    public var hold = HoldFigures()
    /// Runs of wins and losses.
    public var streaks = StreakFigures()
    /// Held with known basis.
    public var heldKnown: Int128 = 0
    /// Cost of `heldKnown`.
    public var heldCost = Money.zero
    /// Held with unknown basis (r1: received minus consumed, and so possibly negative).
    public var heldUnknown: Int128 = 0
    /// Received without payment, implicit receipts of r1 included.
    public var received: Int128 = 0
    /// Sold out of what was received.
    public var receivedSold: Int128 = 0
    /// Sold without a known acquisition.
    public var missing: Int128 = 0
    /// Proceeds of what had no known basis.
    public var proceedsWithoutBasis = Money.zero
    /// Sales out of received or missing quantity.
    public var receiptConsumptions: Int64 = 0
    /// Trades with only one side.
    public var oneSided: Int64 = 0
    /// Legs without a price.
    public var unpricedLegs: Int64 = 0
    /// What rule sets later than r1 say besides.
    public var detail = TokenDetail()

    /// An asset about which nothing is known yet.
    public init(asset: Address, symbol: String, decimals: UInt8) {
        self.asset = asset
        self.symbol = symbol
        self.decimals = decimals
    }
}

/// How long trades were held, in whole seconds.
public struct HoldFigures: Sendable, Hashable {
    /// Sum over all trades.
    public var totalSeconds: Int64 = 0
    /// Shortest; 0 without trades.
    public var minimumSeconds: Int64 = 0
    /// Longest; 0 without trades.
    public var maximumSeconds: Int64 = 0
    /// Average weighted by cost (by quantity where the cost is 0), microseconds (r1: 0).
    public var weightedMicroseconds: Int64 = 0

    /// No trades.
    public init() {}
}

/// Runs of wins and of losses in the order of the disposals.
public struct StreakFigures: Sendable, Hashable {
    /// Length of the run of wins that reaches the newest trade.
    public var currentWinning: Int64 = 0
    /// Longest run of wins.
    public var longestWinning: Int64 = 0
    /// Length of the run of losses that reaches the newest trade.
    public var currentLosing: Int64 = 0
    /// Longest run of losses.
    public var longestLosing: Int64 = 0

    /// No trades.
    public init() {}

    /// Adds the next trade; one without profit or loss changes nothing.
    public mutating func add(_ outcome: Money) {
        if outcome.units > 0 {
            currentWinning += 1
            currentLosing = 0
            longestWinning = max(longestWinning, currentWinning)
        } else if outcome.units < 0 {
            currentLosing += 1
            currentWinning = 0
            longestLosing = max(longestLosing, currentLosing)
        }
    }
}
