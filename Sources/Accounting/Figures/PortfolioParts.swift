/// A wallet's tokens, its quote assets and both together: the first two add up to the third (domain.md 11.2,
/// Portfolio).
public struct PortfolioParts: Sendable, Hashable {
    /// Everything but quote assets and spam.
    public var tokens = PartFigures()
    /// Native coins and USD stablecoins.
    public var quote = PartFigures()
    /// Tokens plus quote assets.
    public var whole = PartFigures()

    /// Nothing.
    public init() {}
}

/// What a group of assets came to.
public struct PartFigures: Sendable, Hashable {
    /// Assets in it.
    public var assets: Int64 = 0
    /// Realised profit and loss, gross of fees.
    public var realised = Money.zero
    /// Fees charged to it.
    public var fees = Money.zero
    /// Realised minus fees.
    public var realisedNet = Money.zero
    /// Sum of the known unrealised profit and loss.
    public var unrealised = Money.zero
    /// Assets held at a known cost of which nobody stated a price: `unrealised` says nothing about them.
    public var unrealisedWithoutPrice: Int64 = 0
    /// Realised plus known unrealised.
    public var total = Money.zero
    /// Cost of what is held with known basis.
    public var heldCost = Money.zero
    /// Cost of what was acquired by swap.
    public var invested = Money.zero
    /// Proceeds of what was disposed of with known basis.
    public var returned = Money.zero
    /// Proceeds of what had no known basis.
    public var proceedsWithoutBasis = Money.zero
    /// Cost of what was disposed of at a price.
    public var disposedCost = Money.zero
    /// Cost of what was disposed of without a price.
    public var disposedUnpricedCost = Money.zero
    /// Cost of what was sent away.
    public var transferredOutCost = Money.zero
    /// What it was worth on the market, as far as somebody said so.
    public var transferredOutValue = Money.zero
    /// Legs without a price.
    public var unpricedLegs: Int64 = 0
    /// Trades with only one side.
    public var oneSided: Int64 = 0
    /// Closed trades.
    public var trades: Int64 = 0
    /// Trades with a profit.
    public var wins: Int64 = 0
    /// Trades with a loss.
    public var losses: Int64 = 0
    /// Wins over wins and losses, millionths; nil without either.
    public var winRateMillionths: Int64?
    /// Return on `invested`, millionths of one; nil when nothing was acquired by swap.
    public var returnMillionths: Int64?
    /// Average time held, weighted by cost (by quantity where the cost is 0), microseconds.
    public var averageHoldMicroseconds: Int64 = 0

    /// Nothing.
    public init() {}
}
