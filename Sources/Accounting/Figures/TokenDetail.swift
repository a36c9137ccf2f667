/// What `r2` says of an asset beyond the figures that `r1` has too (domain.md 11.2); all zero under `r1`.
public struct TokenDetail: Sendable, Hashable {
    /// A native coin or a USD stablecoin: counted apart from the tokens.
    public var isQuote = false
    /// Marked as spam by a correction, or seen in nothing but transactions flagged as spam: in no sum.
    public var isSpam = false
    /// Swaps that moved it.
    public var swaps: Int64 = 0
    /// Of them those whose sides disagree too much, or in which a side was a fee and no payment.
    public var unbalancedSwaps: Int64 = 0
    /// Realised plus known unrealised.
    public var total = Money.zero
    /// Fees charged to it.
    public var fees = Money.zero
    /// Realised minus fees.
    public var realisedNet = Money.zero
    /// Fees charged to it that nobody priced.
    public var unpricedFees: Int64 = 0
    /// Quantity acquired by swap.
    public var acquiredQuantity: Int128 = 0
    /// Quantity disposed of by swap or as a fee, unpriced included.
    public var disposedQuantity: Int128 = 0
    /// Cost of what was disposed of at a price.
    public var disposedCost = Money.zero
    /// Cost of what was disposed of without a price.
    public var disposedUnpricedCost = Money.zero
    /// Cost that corrections gave to receipts.
    public var receivedCost = Money.zero
    /// Quantity sent away.
    public var transferredOutQuantity: Int128 = 0
    /// Its cost.
    public var transferredOutCost = Money.zero
    /// What it was worth on the market, as far as somebody said so.
    public var transferredOutValue = Money.zero
    /// Sends of which nobody said what they were worth.
    public var transfersWithoutValue: Int64 = 0
    /// Quantity that came out of moves.
    public var movedInQuantity: Int128 = 0
    /// Its cost, carried over.
    public var movedInCost = Money.zero
    /// Quantity that went into moves.
    public var movedOutQuantity: Int128 = 0
    /// Its cost, carried over.
    public var movedOutCost = Money.zero
    /// Legs left out because their transaction is flagged as spam.
    public var spamLegs: Int64 = 0
    /// Return on the cost of what was acquired by swap, millionths of one; nil when nothing was.
    public var returnMillionths: Int64?

    /// Nothing.
    public init() {}
}
