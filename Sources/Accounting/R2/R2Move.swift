/// What lots become when their asset becomes another (domain.md 11.2, Moves).
enum R2Move {
    /// The lots of `quantity` base units, more than none, that come out of `parts` and of a quantity without lots.
    ///
    /// Quantities are shared out in proportion, first between what has a known basis and the rest, so that no method
    /// moves a unit between them; the last part takes what is left. A cost never gets lost: what has a known basis gets
    /// at least one unit, and a part that rounds to nothing leaves its cost to the next.
    static func lots(
        _ parts: [Lot], missing: Int128, becoming quantity: Int128, origin: Lot.Origin, in place: R2Place
    ) -> [Lot] {
        var known: Int128 = 0
        var total = missing
        for part in parts {
            total += part.quantity
            if part.hasKnownBasis { known += part.quantity }
        }
        var split = ProportionalSplit(quantity, over: total)
        let knownShare = known > 0 ? max(1, split.take(known)) : 0
        var lots = knownLots(parts, becoming: knownShare, of: known)
        var rest = ProportionalSplit(quantity - knownShare, over: total - known)
        for part in parts where !part.hasKnownBasis {
            lots.append(part.with(quantity: rest.take(part.quantity), cost: .zero))
        }
        if missing > 0 {
            lots.append(
                Lot(
                    hasKnownBasis: false, origin: origin, acquiredAt: place.time, sequence: place.sequence,
                    quantity: rest.amount, cost: .zero))
        }
        return lots
    }

    private static func knownLots(_ parts: [Lot], becoming quantity: Int128, of total: Int128) -> [Lot] {
        var split = ProportionalSplit(quantity, over: total)
        var lots: [Lot] = []
        lots.reserveCapacity(parts.count + 1)
        var pendingCost: Int128 = 0
        for part in parts where part.hasKnownBasis {
            let share = split.take(part.quantity)
            guard share > 0 else {
                pendingCost += part.cost.units
                continue
            }
            lots.append(part.with(quantity: share, cost: Money(units: part.cost.units + pendingCost)))
            pendingCost = 0
        }
        if pendingCost > 0, let last = lots.popLast() {
            lots.append(last.with(quantity: last.quantity, cost: Money(units: last.cost.units + pendingCost)))
        }
        return lots
    }
}
