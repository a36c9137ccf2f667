import Events

/// What a swap is worth and what each of its legs is worth of that (domain.md 11.2, Value of a swap).
struct R2SwapValuation {
    /// One side of a swap.
    private struct Side {
        /// Sum of the legs that have a value.
        var total = Money.zero
        var valued = 0
        var unvalued = 0
        var isQuoteOnly = true
        var isNativeOnly = true
        /// Each of its legs has a value.
        var isValued: Bool { unvalued == 0 }
    }

    /// Whether the sides disagree too much, or one of them is a fee and no payment.
    private(set) var isUnbalanced = false
    /// One unpriced asset for another: its lots carry over.
    private(set) var carriesOver = false

    private static let dollar = Money(dollars: 1)

    /// Values the legs of a swap: sets each one's share, nil for those that are unpriced.
    ///
    /// What the legs say themselves comes first; observed prices are asked where that leaves the swap without a value.
    init(_ entries: inout [R2NetEntry], _ range: Range<Int>) {
        let given = Self.side(&entries, range, isReceived: false, isObserved: true)
        let received = Self.side(&entries, range, isReceived: true, isObserved: true)
        guard !Self.isFee(given, against: received), !Self.isFee(received, against: given) else {
            isUnbalanced = true
            Self.keepMarketValues(&entries, range)
            return
        }
        let hasObserved = range.contains { entries[$0].marketValue == nil && entries[$0].observedValue != nil }
        if hasObserved, shareValue(among: &entries, range, isObserved: false) { return }
        if shareValue(given, received, among: &entries, range, isObserved: true) { return }
        carriesOver = range.count == 2 && given.valued + received.valued == 0
        Self.keepMarketValues(&entries, range)
    }

    private mutating func shareValue(
        among entries: inout [R2NetEntry], _ range: Range<Int>, isObserved: Bool
    ) -> Bool {
        let given = Self.side(&entries, range, isReceived: false, isObserved: isObserved)
        let received = Self.side(&entries, range, isReceived: true, isObserved: isObserved)
        return shareValue(given, received, among: &entries, range, isObserved: isObserved)
    }

    /// Finds the swap's value and splits it over both sides; false when there is none.
    private mutating func shareValue(
        _ given: Side, _ received: Side, among entries: inout [R2NetEntry], _ range: Range<Int>, isObserved: Bool
    ) -> Bool {
        guard let value = value(given, received) else { return false }
        Self.share(value, of: given, among: &entries, range, isReceived: false, isObserved: isObserved)
        Self.share(value, of: received, among: &entries, range, isReceived: true, isObserved: isObserved)
        return true
    }

    private static func side(
        _ entries: inout [R2NetEntry], _ range: Range<Int>, isReceived: Bool, isObserved: Bool
    ) -> Side {
        var side = Side()
        for index in range where entries[index].isReceived == isReceived {
            side.isQuoteOnly = side.isQuoteOnly && entries[index].isQuote
            side.isNativeOnly = side.isNativeOnly && entries[index].isNative
            guard let value = entries[index].value(isObserved: isObserved) else {
                side.unvalued += 1
                continue
            }
            do throws(ArithmeticError) {
                try side.total.add(value)
                side.valued += 1
            } catch {
                // What makes the sum too large is what does not fit; the rest of the swap goes on (I8).
                entries[index].giveUp()
                side.unvalued += 1
            }
        }
        return side
    }

    /// A side of the native coin below 1 USD is a fee leg if the other side is not quote-only and is worth more than
    /// twice as much and at least 1 USD more, or has no value.
    private static func isFee(_ side: Side, against other: Side) -> Bool {
        guard side.isNativeOnly, side.isValued, side.total < dollar, !other.isQuoteOnly else { return false }
        guard other.isValued else { return true }
        let excess = other.total.units - side.total.units
        return excess > side.total.units && excess >= dollar.units
    }

    /// The one value of a balanced swap; nil when neither side is valued.
    private mutating func value(_ given: Side, _ received: Side) -> Money? {
        if received.isQuoteOnly, received.isValued { return received.total }
        if given.isQuoteOnly, given.isValued { return given.total }
        guard given.isValued, received.isValued else {
            return given.isValued ? given.total : received.isValued ? received.total : nil
        }
        let smaller = min(given.total, received.total)
        let difference = max(given.total, received.total).units - smaller.units
        if difference <= smaller.units || difference <= Self.dollar.units { return received.total }
        isUnbalanced = true
        return smaller
    }

    private static func keepMarketValues(_ entries: inout [R2NetEntry], _ range: Range<Int>) {
        for index in range { entries[index].share = entries[index].value(isObserved: true) }
    }

    /// Splits the value over one side. Valued legs keep their share by value: their own value where something is left
    /// for another, else the whole of it in proportion; one unvalued leg takes the rest. So a side never adds up to
    /// more than the value, and a swap creates no money. Where one unvalued leg cannot take a rest, observed prices are
    /// asked before it stays unpriced.
    private static func share(
        _ value: Money, of side: Side, among entries: inout [R2NetEntry], _ range: Range<Int>, isReceived: Bool,
        isObserved: Bool
    ) {
        let rest = value.units - side.total.units
        let takesRest = side.unvalued == 1 && rest >= 0
        if side.unvalued > 0, !takesRest, !isObserved {
            let side = self.side(&entries, range, isReceived: isReceived, isObserved: true)
            share(value, of: side, among: &entries, range, isReceived: isReceived, isObserved: true)
            return
        }
        var split = ProportionalSplit(value.units, over: side.total.units)
        let isScaled = side.unvalued == 0 || rest < 0
        for index in range where entries[index].isReceived == isReceived {
            guard let own = entries[index].value(isObserved: isObserved) else {
                entries[index].share = takesRest ? Money(units: rest) : nil
                continue
            }
            entries[index].share = isScaled ? Money(units: split.take(own.units)) : own
        }
    }
}
