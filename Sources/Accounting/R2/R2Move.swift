/// What lots become when their asset becomes another (domain.md 11.2, Moves).
enum R2Move {
    /// The lots of `quantity` base units that come out of `parts` and of a quantity without lots.
    ///
    /// Quantities are shared out in proportion, the last takes the rest. A cost never gets lost: a part that rounds to
    /// nothing leaves its cost to the next of known basis, and one unit is kept for a cost that would have no quantity.
    static func lots(
        _ parts: [Lot], missing: Int128, becoming quantity: Int128, origin: Lot.Origin, in place: R2Place
    ) -> [Lot] {
        let total = parts.reduce(missing) { $0 + $1.quantity }
        var split = ProportionalSplit(quantity, over: total)
        var lots: [Lot] = []
        lots.reserveCapacity(parts.count + 1)
        var pendingCost: Int128 = 0
        for part in parts {
            let share = split.take(part.quantity)
            let cost = part.cost.units + pendingCost
            if share == 0, part.hasKnownBasis {
                pendingCost = cost
            } else if part.hasKnownBasis {
                lots.append(part.with(quantity: share, cost: Money(units: cost)))
                pendingCost = 0
            } else {
                lots.append(part.with(quantity: share, cost: .zero))
            }
        }
        let rest = split.amount
        if rest > 0 {
            lots.append(
                Lot(
                    hasKnownBasis: false, origin: origin, acquiredAt: place.time, sequence: place.sequence,
                    quantity: rest, cost: .zero))
        }
        if pendingCost > 0 { keep(pendingCost, of: parts, in: &lots) }
        return lots
    }

    /// Gives a cost whose parts all rounded to nothing to a lot of known basis, which takes a unit of another if there
    /// is none.
    private static func keep(_ cost: Int128, of parts: [Lot], in lots: inout [Lot]) {
        if let index = lots.lastIndex(where: \.hasKnownBasis) {
            let lot = lots[index]
            lots[index] = lot.with(quantity: lot.quantity, cost: Money(units: lot.cost.units + cost))
        } else if let index = lots.firstIndex(where: { $0.quantity > 0 }),
            let part = parts.first(where: \.hasKnownBasis)
        {
            lots[index] = lots[index].with(quantity: lots[index].quantity - 1, cost: .zero)
            lots.append(part.with(quantity: 1, cost: Money(units: cost)))
        }
    }
}
