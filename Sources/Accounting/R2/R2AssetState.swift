import Events

/// The lots of one asset and what it came to so far.
///
/// `bookedQuantity` bounds every sum of quantities here: an event is booked only if that sum, the largest of all, still
/// fits 128 bits. Sums of money are bounded by `R2State.turnover` in the same way. So nothing that is booked can
/// overflow, and an event that does not fit leaves no trace (I8).
struct R2AssetState: Sendable {
    /// Figures so far; what is held and what it is worth is filled in at the end.
    var figures: TokenFigures
    /// What is left of acquisitions.
    var lots: LotBook
    /// How long closed trades were held.
    var hold = R2WeightedHold()
    private var bookedQuantity: Int128 = 0

    /// An asset of which nothing happened yet.
    init(_ entry: R2AssetTable.Entry, method: CostBasisMethod) {
        figures = TokenFigures(asset: entry.identity, symbol: entry.symbol, decimals: entry.decimals)
        figures.detail.isQuote = entry.isQuote
        figures.isExcluded = entry.isQuote
        lots = LotBook(method: method)
    }

    /// Whether a quantity still fits; notes it if so.
    mutating func admit(_ quantity: Int128) -> Bool {
        let (sum, overflowed) = bookedQuantity.addingReportingOverflow(quantity)
        guard !overflowed else { return false }
        bookedQuantity = sum
        return true
    }

    /// Brings all quantities to more decimals; false, and nothing changed, when they would not fit.
    mutating func refine(to decimals: UInt8) -> Bool {
        let digits = Int(decimals) - Int(figures.decimals)
        guard digits > 0 else { return true }
        guard bookedQuantity > 0 else {
            figures.decimals = decimals
            return true
        }
        guard digits <= PowersOfTen.largest, let factor = Int128(exactly: PowersOfTen[digits]),
            !bookedQuantity.multipliedReportingOverflow(by: factor).overflow
        else { return false }
        bookedQuantity *= factor
        lots.refine(by: factor)
        figures.refineQuantities(by: factor)
        figures.decimals = decimals
        return true
    }
}

extension TokenFigures {
    fileprivate mutating func refineQuantities(by factor: Int128) {
        received *= factor
        receivedSold *= factor
        missing *= factor
        detail.acquiredQuantity *= factor
        detail.disposedQuantity *= factor
        detail.transferredOutQuantity *= factor
        detail.movedInQuantity *= factor
        detail.movedOutQuantity *= factor
    }
}

extension R2AssetState {
    /// Acquires by swap; a nil cost is an unknown basis.
    mutating func acquire(_ quantity: Int128, cost: Money?, in place: R2Place) {
        figures.detail.acquiredQuantity += quantity
        if let cost { figures.invested = Money(units: figures.invested.units + cost.units) }
        lots.add(
            Lot(
                hasKnownBasis: cost != nil, origin: cost == nil ? .unpriced : .swap, acquiredAt: place.time,
                sequence: place.sequence, quantity: quantity, cost: cost ?? .zero))
    }

    /// Receives without payment; a cost is known only through a correction.
    mutating func receive(_ quantity: Int128, cost: Money?, in place: R2Place) {
        figures.eventCount += 1
        figures.received += quantity
        if let cost { figures.detail.receivedCost = Money(units: figures.detail.receivedCost.units + cost.units) }
        lots.add(
            Lot(
                hasKnownBasis: cost != nil, origin: .receive, acquiredAt: place.time,
                sequence: place.sequence, quantity: quantity, cost: cost ?? .zero))
    }

    /// Takes a quantity out, counting what has no lots, and returns the cost of the parts and what is missing.
    mutating func take(_ quantity: Int128, into parts: inout [Lot]) -> (cost: Money, missing: Int128) {
        let costBefore = lots.knownCost.units
        let missing = lots.take(quantity, into: &parts)
        figures.missing += missing
        return (Money(units: costBefore - lots.knownCost.units), missing)
    }
}

/// Where in the canonical order something happens.
struct R2Place: Sendable {
    /// Microseconds since the epoch.
    let time: Int64
    /// Number of the acquisition.
    let sequence: Int64
}
