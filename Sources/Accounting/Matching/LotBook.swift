/// The lots of one asset in the order one method uses them up: those of known basis first, whatever the method; those
/// of unknown basis always first in, first out (domain.md 11.2, Matching).
struct LotBook: Sendable {
    /// The method.
    let method: CostBasisMethod
    /// Base units of known basis.
    private(set) var knownQuantity: Int128 = 0
    /// Their cost.
    private(set) var knownCost = Money.zero
    /// Base units of unknown basis.
    private(set) var unknownQuantity: Int128 = 0
    private var known = LotQueue<Lot>()
    private var unknown = LotQueue<Lot>()

    /// No lots.
    init(method: CostBasisMethod) { self.method = method }

    /// Adds a lot; one without quantity is none.
    mutating func add(_ lot: Lot) {
        guard lot.quantity > 0 else { return }
        guard lot.hasKnownBasis else {
            unknownQuantity += lot.quantity
            unknown.insert(lot) { $0.isOlder(than: $1) }
            return
        }
        knownQuantity += lot.quantity
        knownCost = Money(units: knownCost.units + lot.cost.units)
        switch method {
        case .fifo, .lifo, .average: known.insert(lot) { $0.isOlder(than: $1) }
        case .hifo: known.insert(lot) { $0.isCheaper(than: $1) || $0.costsSame(as: $1) && $1.isOlder(than: $0) }
        }
    }

    /// Takes a quantity out and appends its parts in the order they were used up; returns what no lot covers.
    mutating func take(_ quantity: Int128, into parts: inout [Lot]) -> Int128 {
        let fromKnown = min(quantity, knownQuantity)
        if fromKnown > 0 { takeKnown(fromKnown, into: &parts) }
        var rest = quantity - fromKnown
        while rest > 0, !unknown.isEmpty {
            let part = unknown.first.take(rest)
            if unknown.first.quantity == 0 { unknown.removeFirst() }
            unknownQuantity -= part.quantity
            rest -= part.quantity
            parts.append(part)
        }
        return rest
    }

    private mutating func takeKnown(_ quantity: Int128, into parts: inout [Lot]) {
        let first = parts.count
        var rest = quantity
        let takesLast = method == .lifo || method == .hifo
        while rest > 0 {
            let part: Lot
            if takesLast {
                part = known.last.take(rest)
                if known.last.quantity == 0 { known.removeLast() }
            } else {
                part = known.first.take(rest)
                if known.first.quantity == 0 { known.removeFirst() }
            }
            rest -= part.quantity
            parts.append(part)
        }
        if method == .average { shareCost(of: quantity, among: &parts[first...]) }
        for part in parts[first...] { knownCost = Money(units: knownCost.units - part.cost.units) }
        knownQuantity -= quantity
    }

    /// What a quantity costs is its share of the pool, and a part's cost its share of that.
    private func shareCost(of quantity: Int128, among parts: inout ArraySlice<Lot>) {
        var pool = ProportionalSplit(knownCost.units, over: knownQuantity)
        var share = ProportionalSplit(pool.take(quantity), over: quantity)
        for index in parts.indices { parts[index].cost = Money(units: share.take(parts[index].quantity)) }
    }

    /// What is left, oldest first; a pool's cost is shared out by quantity.
    var remaining: [Lot] {
        var lots = known.remaining + unknown.remaining
        lots.sort { $0.isOlder(than: $1) }
        guard method == .average else { return Array(lots) }
        var pool = ProportionalSplit(knownCost.units, over: knownQuantity)
        return lots.map { lot in
            lot.hasKnownBasis ? lot.with(quantity: lot.quantity, cost: Money(units: pool.take(lot.quantity))) : lot
        }
    }

    /// Multiplies all quantities by a power of ten; the caller knows that they fit.
    mutating func refine(by factor: Int128) {
        knownQuantity *= factor
        unknownQuantity *= factor
        known.forEachInPlace { $0.refine(by: factor) }
        unknown.forEachInPlace { $0.refine(by: factor) }
    }
}
