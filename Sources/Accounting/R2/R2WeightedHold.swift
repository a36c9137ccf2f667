/// How long closed trades were held, weighted by cost, and by quantity where the cost is 0 (domain.md 11.2, Portfolio).
struct R2WeightedHold: Sendable, Hashable {
    private var byCost = WideSum()
    private var byQuantity = WideSum()
    private var cost: UInt128 = 0
    private var quantity: UInt128 = 0

    /// Nothing held.
    init() {}

    /// Adds a part of known basis; the caller bounds the sums of cost and quantity.
    mutating func add(cost: Money, quantity: Int128, microseconds: Int64) {
        let time = UInt128(max(0, microseconds))
        self.cost += cost.units.magnitude
        byCost.add(cost.units.magnitude, times: time)
        // Quantities weigh only where everything cost nothing.
        guard self.cost == 0 else { return }
        self.quantity = self.quantity.addingClamped(quantity.magnitude)
        byQuantity.add(quantity.magnitude, times: time)
    }

    /// Adds everything that another one has.
    mutating func add(_ other: R2WeightedHold) {
        cost += other.cost
        quantity = quantity.addingClamped(other.quantity)
        byCost.add(other.byCost)
        byQuantity.add(other.byQuantity)
    }

    /// The average in microseconds, rounded down; nil when nothing was added.
    var microseconds: Int64? {
        if cost > 0 { return byCost.divided(by: cost) }
        return quantity > 0 ? byQuantity.divided(by: quantity) : nil
    }
}

/// A sum of products that may exceed 128 bits: 256 bits hold any number of costs times any number of microseconds.
private struct WideSum: Sendable, Hashable {
    private var high: UInt128 = 0
    private var low: UInt128 = 0

    mutating func add(_ left: UInt128, times right: UInt128) {
        guard left > 0, right > 0 else { return }
        let (top, bottom) = left.multipliedFullWidth(by: right)
        add(top, bottom)
    }

    mutating func add(_ other: WideSum) { add(other.high, other.low) }

    private mutating func add(_ top: UInt128, _ bottom: UInt128) {
        let (sum, carried) = low.addingReportingOverflow(bottom)
        low = sum
        high += top + (carried ? 1 : 0)
    }

    /// The quotient; an average of numbers of 63 bits has as many.
    func divided(by weight: UInt128) -> Int64 {
        guard high < weight else { return .max }
        return Int64(clamping: weight.dividingFullWidth((high, low)).quotient)
    }
}

extension UInt128 {
    /// The sum, as far as 128 bits reach.
    fileprivate func addingClamped(_ other: UInt128) -> UInt128 {
        let (sum, overflowed) = addingReportingOverflow(other)
        return overflowed ? .max : sum
    }
}
