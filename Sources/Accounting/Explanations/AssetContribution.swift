/// What one transaction adds to those figures of an asset that neither a disposal nor an open lot shows: the parts that
/// an explanation needs besides (I11). Added up over all transactions they are the figures.
public struct AssetContribution: Sendable, Hashable {
    /// The transaction's hash or id.
    public var transaction: [UInt8]
    /// When it was mined, microseconds since the epoch.
    public var time: Int64
    /// Cost of what was bought.
    public var invested = Money.zero
    /// Fees charged (r1: zero).
    public var fees = Money.zero
    /// Cost that corrections gave to receipts (r1: zero).
    public var receivedCost = Money.zero
    /// Cost that came out of moves (r1: zero).
    public var movedInCost = Money.zero
    /// Cost that went into moves (r1: zero).
    public var movedOutCost = Money.zero
    /// Base units given away without a known acquisition.
    public var missing: Int128 = 0

    /// A transaction that adds nothing yet.
    public init(transaction: [UInt8], time: Int64) {
        self.transaction = transaction
        self.time = time
    }

    /// Whether it adds nothing.
    public var isEmpty: Bool { self == AssetContribution(transaction: transaction, time: time) }
}
