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
    /// What took the quantity away.
    public var kind = Kind.swap
    /// Whether anybody said what it was worth; without, there are no proceeds and it is no closed trade.
    public var isPriced = true
    /// Proceeds of the part of unknown basis and of the missing one (r1: in the matches only).
    public var proceedsWithoutBasis = Money.zero
    /// Send: what it was worth on the market; nil when nobody said so.
    public var marketValue: Money?
    /// Fee: the asset it is charged to.
    public var chargedTo: Address?
    /// Time held, weighted by cost (by quantity where the cost is 0), microseconds; nil without a known basis (r1:
    /// nil).
    public var holdMicroseconds: Int64?

    /// What takes a quantity away.
    public enum Kind: UInt8, Sendable, Hashable {
        /// Given in a swap (r1: or sent).
        case swap = 1
        /// Paid as a transaction's fee.
        case fee = 2
        /// Sent away: lots leave at their cost, nothing is realised.
        case send = 3
    }

    /// A sale that is not matched yet.
    public init(asset: Address, time: Int64, transaction: [UInt8], quantity: Int128) {
        self.asset = asset
        self.time = time
        self.transaction = transaction
        self.quantity = quantity
    }
}

extension Disposal {
    /// Base units taken out of lots of known basis.
    public var knownQuantity: Int128 { quantity(of: .known) }
    /// Base units without a known acquisition.
    public var missingQuantity: Int128 { quantity(of: .missing) }
    /// Whether it is a trade that won or lost something, or neither: a priced swap of something of known basis.
    public var isClosedTrade: Bool { kind == .swap && isPriced && matches.contains { $0.basis == .known } }

    private func quantity(of basis: LotMatch.Basis) -> Int128 {
        matches.reduce(0) { $0 + ($1.basis == basis ? $1.quantity : 0) }
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
    /// How it was acquired (r1: by purchase or receipt).
    public var origin = Origin.swap

    /// How a lot was acquired; a move keeps it.
    public enum Origin: UInt8, Sendable, Hashable {
        /// For something else.
        case swap = 1
        /// For nothing.
        case receive = 2
        /// For something else, but nobody said what it was worth.
        case unpriced = 3
        /// In a move, for the part of it that had no lots.
        case move = 4
    }

    /// A lot with something left.
    public init(hasKnownBasis: Bool, acquiredAt: Int64, acquisition: [UInt8], quantity: Int128, cost: Money) {
        self.hasKnownBasis = hasKnownBasis
        self.acquiredAt = acquiredAt
        self.acquisition = acquisition
        self.quantity = quantity
        self.cost = cost
    }
}
