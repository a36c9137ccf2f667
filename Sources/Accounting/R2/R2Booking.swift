import Events

extension Disposal {
    /// Fills in where the quantity came from and shares the proceeds by quantity: first between what has a known basis
    /// and the rest, so that the order of lots moves nothing from one to the other; nil proceeds: none are known.
    /// Returns how long the part of known basis was held.
    mutating func match(
        _ parts: [Lot], missing: Int128, proceeds total: Money?, acquisitions: [[UInt8]]
    ) -> R2WeightedHold {
        var known: Int128 = 0
        for part in parts where part.hasKnownBasis { known += part.quantity }
        var split = ProportionalSplit(total?.units ?? 0, over: quantity)
        proceeds = Money(units: split.take(known))
        proceedsWithoutBasis = Money(units: split.amount)
        var knownSplit = ProportionalSplit(proceeds.units, over: known)
        var hold = R2WeightedHold()
        matches.reserveCapacity(parts.count + (missing > 0 ? 1 : 0))
        for part in parts {
            let share = part.hasKnownBasis ? knownSplit.take(part.quantity) : split.take(part.quantity)
            let held = max(0, time.subtractingClamped(part.acquiredAt))
            var match = LotMatch(
                basis: .unknown, acquiredAt: part.acquiredAt, acquisition: acquisitions[Int(part.sequence)],
                quantity: part.quantity, cost: part.cost, proceeds: Money(units: share), realised: .zero,
                holdSeconds: held / 1_000_000)
            if part.hasKnownBasis {
                match.basis = .known
                if total != nil { match.realised = Money(units: share - part.cost.units) }
                cost = Money(units: cost.units + part.cost.units)
                hold.add(cost: part.cost, quantity: part.quantity, microseconds: held)
            }
            matches.append(match)
        }
        if total != nil { realised = Money(units: proceeds.units - cost.units) }
        holdMicroseconds = hold.microseconds
        if missing > 0 { addMissing(missing, proceeds: Money(units: split.amount)) }
        return hold
    }

    private mutating func addMissing(_ missing: Int128, proceeds: Money) {
        matches.append(
            LotMatch(
                basis: .missing, acquiredAt: time, acquisition: [], quantity: missing, cost: .zero,
                proceeds: proceeds, realised: .zero, holdSeconds: 0))
    }
}

extension TokenFigures {
    /// Adds what a disposal by swap or as a fee came to.
    mutating func book(_ disposal: Disposal) {
        detail.disposedQuantity += disposal.quantity
        eventCount += disposal.kind == .fee ? 1 : 0
        for match in disposal.matches where match.basis != .known {
            if match.basis == .unknown { receivedSold += match.quantity }
            receiptConsumptions += disposal.kind == .swap ? 1 : 0
        }
        guard disposal.isPriced else {
            detail.disposedUnpricedCost = Money(units: detail.disposedUnpricedCost.units + disposal.cost.units)
            return
        }
        realised = Money(units: realised.units + disposal.realised.units)
        returned = Money(units: returned.units + disposal.proceeds.units)
        detail.disposedCost = Money(units: detail.disposedCost.units + disposal.cost.units)
        proceedsWithoutBasis = Money(units: proceedsWithoutBasis.units + disposal.proceedsWithoutBasis.units)
    }

    /// Whether nothing of it was seen but in transactions flagged as spam.
    var isOnlySpam: Bool {
        eventCount == 0 && detail.spamLegs > 0 && detail.fees == .zero && detail.unpricedFees == 0
    }

    /// Counts a leg of a swap.
    mutating func countSwap(isUnbalanced: Bool, isUnpriced: Bool) {
        eventCount += 1
        detail.swaps += 1
        detail.unbalancedSwaps += isUnbalanced ? 1 : 0
        unpricedLegs += isUnpriced ? 1 : 0
    }

    /// Counts a closed trade; one without profit or loss is neither a win nor a loss (domain.md 11.2, Portfolio).
    mutating func countTrade(_ disposal: Disposal) {
        trades += 1
        if disposal.realised > .zero { wins += 1 }
        if disposal.realised < .zero { losses += 1 }
        streaks.add(disposal.realised)
        let seconds = (disposal.holdMicroseconds ?? 0) / 1_000_000
        hold.minimumSeconds = trades == 1 ? seconds : min(hold.minimumSeconds, seconds)
        hold.maximumSeconds = max(hold.maximumSeconds, seconds)
        hold.totalSeconds = hold.totalSeconds.addingClamped(seconds)
    }

    /// Charges a fee; nil: nobody priced it.
    mutating func charge(_ fee: Money?) {
        guard let fee else {
            detail.unpricedFees += 1
            return
        }
        detail.fees = Money(units: detail.fees.units + fee.units)
    }

    /// Counts what was sent away.
    mutating func countSend(_ disposal: Disposal) {
        eventCount += 1
        detail.transferredOutQuantity += disposal.quantity
        detail.transferredOutCost = Money(units: detail.transferredOutCost.units + disposal.cost.units)
        if let value = disposal.marketValue {
            detail.transferredOutValue = Money(units: detail.transferredOutValue.units + value.units)
        } else {
            detail.transfersWithoutValue += 1
        }
    }

    /// Counts what went into a move.
    mutating func countMoveOut(_ quantity: Int128, cost: Money) {
        eventCount += 1
        detail.movedOutQuantity += quantity
        detail.movedOutCost = Money(units: detail.movedOutCost.units + cost.units)
    }

    /// Counts what came out of a move.
    mutating func countMoveIn(_ quantity: Int128, cost: Money) {
        eventCount += 1
        detail.movedInQuantity += quantity
        detail.movedInCost = Money(units: detail.movedInCost.units + cost.units)
    }
}

extension R2WeightedHold {
    /// Adds how long the lots of known basis of a closed trade were held.
    mutating func add(_ disposal: Disposal) {
        for match in disposal.matches where match.basis == .known {
            add(
                cost: match.cost, quantity: match.quantity,
                microseconds: disposal.time.subtractingClamped(match.acquiredAt))
        }
    }
}
