public import Events

/// A sale and the lots it was matched with. Quantities are base units of the asset.
public struct Disposal: Sendable, Hashable {
    /// The asset's raw address.
    public var asset: Address
    /// When it was mined, microseconds since the epoch.
    public var time: Int64
    /// The transaction's hash or id.
    public var transaction: [UInt8]
    /// Quantity sold.
    public var quantity: Int128
    /// Proceeds of the part with known basis.
    public var proceeds = Money.zero
    /// Cost of the part with known basis.
    public var cost = Money.zero
    /// Proceeds minus cost.
    public var realised = Money.zero
    /// Where the quantity came from, in the order of matching.
    public var matches: [LotMatch] = []

    /// A sale that is not matched yet.
    public init(asset: Address, time: Int64, transaction: [UInt8], quantity: Int128) {
        self.asset = asset
        self.time = time
        self.transaction = transaction
        self.quantity = quantity
    }
}

/// A part of a sale and the lot it was taken from.
public struct LotMatch: Sendable, Hashable {
    /// What is known about the lot.
    public enum Basis: UInt8, Sendable, Hashable {
        /// Bought: a trade with profit or loss.
        case known = 1
        /// Received without payment.
        case unknown = 2
        /// Sold without any known acquisition.
        case missing = 3
    }

    /// What is known about the lot.
    public var basis: Basis
    /// When the lot was acquired, microseconds since the epoch (missing: as the rule set says).
    public var acquiredAt: Int64
    /// The acquiring transaction's hash or id; empty for a missing one.
    public var acquisition: [UInt8]
    /// Quantity taken.
    public var quantity: Int128
    /// Its cost; zero without a known basis.
    public var cost: Money
    /// Its proceeds.
    public var proceeds: Money
    /// Proceeds minus cost; zero without a known basis.
    public var realised: Money
    /// Whole seconds between acquisition and sale, never negative.
    public var holdSeconds: Int64

    /// A part of a sale.
    public init(
        basis: Basis, acquiredAt: Int64, acquisition: [UInt8], quantity: Int128, cost: Money, proceeds: Money,
        realised: Money, holdSeconds: Int64
    ) {
        self.basis = basis
        self.acquiredAt = acquiredAt
        self.acquisition = acquisition
        self.quantity = quantity
        self.cost = cost
        self.proceeds = proceeds
        self.realised = realised
        self.holdSeconds = holdSeconds
    }
}

/// What is left of an acquisition.
public struct OpenLot: Sendable, Hashable {
    /// Whether its cost is known.
    public var hasKnownBasis: Bool
    /// When it was acquired, microseconds since the epoch.
    public var acquiredAt: Int64
    /// The acquiring transaction's hash or id.
    public var acquisition: [UInt8]
    /// Base units left.
    public var quantity: Int128
    /// Cost of what is left; zero without a known basis.
    public var cost: Money

    /// A lot with something left.
    public init(hasKnownBasis: Bool, acquiredAt: Int64, acquisition: [UInt8], quantity: Int128, cost: Money) {
        self.hasKnownBasis = hasKnownBasis
        self.acquiredAt = acquiredAt
        self.acquisition = acquisition
        self.quantity = quantity
        self.cost = cost
    }
}
