/// An acquisition and what is left of it, or a part taken out of one. Plain bytes: lots are copied a lot.
struct Lot: Sendable {
    /// How a lot came to be.
    enum Origin: UInt8, Sendable, Hashable {
        case swap = 1
        case receive = 2
        /// Acquired in a swap whose value nobody stated.
        case unpriced = 3
        /// The part of a move that had no lots.
        case move = 4
    }

    /// Whether its cost is known.
    let hasKnownBasis: Bool
    /// How it came to be; a move keeps it.
    let origin: Origin
    /// When it was acquired, microseconds since the epoch; a move keeps it.
    let acquiredAt: Int64
    /// Number of the acquisition in canonical order, which names its transaction; a move keeps it. Decides between lots
    /// of one time.
    let sequence: Int64
    /// Base units left.
    var quantity: Int128
    /// Cost of what is left; zero without a known basis and in a pool.
    var cost: Money
    /// Quantity and cost when it was acquired or moved: their ratio orders lots by price and never drifts with splits.
    private(set) var whole: (quantity: Int128, cost: Money)

    /// An acquisition.
    init(
        hasKnownBasis: Bool, origin: Origin, acquiredAt: Int64, sequence: Int64, quantity: Int128, cost: Money
    ) {
        self.hasKnownBasis = hasKnownBasis
        self.origin = origin
        self.acquiredAt = acquiredAt
        self.sequence = sequence
        self.quantity = quantity
        self.cost = cost
        whole = (quantity, cost)
    }

    /// The same acquisition with another quantity and cost: a part, or what a move made of it.
    func with(quantity: Int128, cost: Money) -> Lot {
        Lot(
            hasKnownBasis: hasKnownBasis, origin: origin, acquiredAt: acquiredAt, sequence: sequence,
            quantity: quantity, cost: cost)
    }

    /// Takes out at most `quantity`, with its share of the cost.
    mutating func take(_ wanted: Int128) -> Lot {
        var part = self
        guard wanted < quantity else {
            quantity = 0
            cost = .zero
            return part
        }
        var split = ProportionalSplit(cost.units, over: quantity)
        part.cost = Money(units: split.take(wanted))
        part.quantity = wanted
        cost = Money(units: split.amount)
        quantity = split.weight
        return part
    }

    /// Multiplies the quantities by a power of ten; the caller knows that they fit.
    mutating func refine(by factor: Int128) {
        quantity *= factor
        whole.quantity *= factor
    }

    /// Whether it was acquired before the other.
    func isOlder(than other: Lot) -> Bool {
        acquiredAt == other.acquiredAt ? sequence < other.sequence : acquiredAt < other.acquiredAt
    }

    /// Whether a unit of it cost less than one of the other.
    func isCheaper(than other: Lot) -> Bool { price(isLessThan: other) }

    /// Whether units of both cost the same.
    func costsSame(as other: Lot) -> Bool { !price(isLessThan: other) && !other.price(isLessThan: self) }

    private func price(isLessThan other: Lot) -> Bool {
        let left = whole.cost.units.magnitude.multipliedFullWidth(by: other.whole.quantity.magnitude)
        let right = other.whole.cost.units.magnitude.multipliedFullWidth(by: whole.quantity.magnitude)
        return left.high == right.high ? left.low < right.low : left.high < right.high
    }
}
