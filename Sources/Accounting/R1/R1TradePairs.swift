import Events

/// The legs of a trade by act: the original pairs what came in with what went out within one act (domain.md 2.3).
struct R1Acts {
    /// Positions of all legs, act after act, in each as delivered. Acts are in the order of their first leg.
    let order: [Int]
    /// The positions of each act.
    let pairs: [ArraySlice<Int>]

    /// Groups legs by what their provider calls the act; nil where there is only one, as nearly always.
    init?(_ legs: [Leg]) {
        guard legs.indices.contains(where: { legs[$0].act != legs[0].act }) else { return nil }
        var places: [String: Int] = [:]
        var groups: [[Int]] = []
        for (position, leg) in legs.enumerated() {
            let place = places[leg.act, default: groups.count]
            if place == groups.count {
                places[leg.act] = place
                groups.append([])
            }
            groups[place].append(position)
        }
        let joined = groups.flatMap { $0 }
        order = joined
        var start = 0
        pairs = groups.map { group in
            defer { start += group.count }
            return joined[start..<start + group.count]
        }
    }
}

/// What came in and went out of one token within one act.
struct R1Net {
    /// Base units of `decimals`, what came in less what went out.
    var quantity: Int128 = 0
    /// Base units a whole unit.
    var decimals: UInt8 = 0
    /// USD in less USD out, of the legs with a value.
    var value = Money.zero
    /// Position of the first leg that came in.
    var firstIncoming: Int?
    /// Position of the first leg that went out.
    var firstOutgoing: Int?
    /// Whether it cannot be represented.
    var isOverflowed = false

    /// Whether the original sees a purchase: more came in than went out, or nothing went out at all.
    var isPurchase: Bool { firstOutgoing == nil || quantity > 0 }

    /// Whether it is more than 0.001 units or more than 0.01 USD; the rest passed through (2.4 A).
    var isSignificant: Bool {
        if value.units.magnitude > Money.unitsPerDollar.magnitude / 100 { return true }
        guard decimals <= PowersOfTen.largest else { return false }
        let (thousandfold, overflowed) = quantity.magnitude.multipliedReportingOverflow(by: 1000)
        return overflowed || thousandfold > PowersOfTen[Int(decimals)]
    }

    /// Takes a leg in.
    mutating func add(_ legs: [Leg], _ position: Int) {
        let isOutgoing = legs[position].direction == .outgoing
        if isOutgoing {
            firstOutgoing = firstOutgoing ?? position
        } else {
            firstIncoming = firstIncoming ?? position
        }
        do throws(ArithmeticError) {
            guard let amount = legs[position].amount.int128 else { throw .overflow }
            let finer = max(decimals, legs[position].decimals)
            quantity = try quantity.rescaled(from: decimals, to: finer)
            let scaled = try amount.rescaled(from: legs[position].decimals, to: finer)
            decimals = finer
            try quantity.add(isOutgoing ? -scaled : scaled)
            guard let stated = legs[position].value else { return }
            let dollars = try Money(rounding: stated)
            value = isOutgoing ? try value.subtracting(dollars) : try value.adding(dollars)
        } catch {
            isOverflowed = true
        }
    }
}

/// Which legs of a trade become events at which value, in the original's order of decisions (domain.md 2.4).
extension R1Conversion {
    /// Decides about the legs of one act.
    mutating func decide(_ act: ArraySlice<Int>, of legs: [Leg]) {
        let isOneSided =
            !act.contains { legs[$0].direction == .outgoing } || !act.contains { legs[$0].direction != .outgoing }
        let (assets, hasStable) = survey(act, isOneSided: isOneSided)
        if isOneSided { completeness.oneSided += 1 }
        if assets >= 3, hasStable {
            decideByNet(act, of: legs)
        } else if !isOneSided {
            decideByStableSide(act, of: legs)
        }
    }

    /// Counts the distinct assets of an act and prepares their netting.
    private mutating func survey(_ act: ArraySlice<Int>, isOneSided: Bool) -> (assets: Int, hasStable: Bool) {
        tradeMark += 1
        var assets = 0
        var hasStable = false
        for position in act where legTokens[position] >= 0 {
            let token = Int(legTokens[position])
            guard tokens[token].nettedIn != tradeMark else { continue }
            tokens[token].nettedIn = tradeMark
            assets += 1
            hasStable = hasStable || tokens[token].isStable
            if isOneSided { tokens[token].oneSided += 1 }
        }
        return (assets, hasStable)
    }

    /// A: three assets or more, one of them stable. Each token that stays is one event, out of its first leg of that
    /// direction: that leg's own quantity and value, not the net ones.
    private mutating func decideByNet(_ act: ArraySlice<Int>, of legs: [Leg]) {
        for position in act where legTokens[position] >= 0 { tokens[Int(legTokens[position])].net = R1Net() }
        for position in act where legTokens[position] >= 0 {
            tokens[Int(legTokens[position])].net.add(legs, position)
        }
        for position in act where legTokens[position] >= 0 {
            let net = tokens[Int(legTokens[position])].net
            guard position == (net.isPurchase ? net.firstIncoming : net.firstOutgoing) else { continue }
            if net.isOverflowed {
                treatments[position] = .total(nil)
            } else if net.isSignificant {
                state(legs, position)
            }
        }
    }

    /// C and D: the total of the stable side prices a single leg on the other side, else every leg speaks for itself.
    private mutating func decideByStableSide(_ act: ArraySlice<Int>, of legs: [Leg]) {
        for isOutgoing in [true, false] {
            let total = stableTotal(act, of: legs, isOutgoing: isOutgoing)
            guard total.map({ $0 > .zero }) ?? true else { continue }
            let others = act.lazy.filter { (legs[$0].direction == .outgoing) != isOutgoing }
            guard let other = others.first, others.dropFirst().isEmpty else { break }
            if legTokens[other] >= 0, !legs[other].amount.isZero { treatments[other] = .total(total) }
            for position in act where (legs[position].direction == .outgoing) == isOutgoing && isStable(position) {
                state(legs, position)
            }
            return
        }
        for position in act { state(legs, position) }
    }

    /// What the stable legs of one side are worth; nil when that does not fit.
    private func stableTotal(_ act: ArraySlice<Int>, of legs: [Leg], isOutgoing: Bool) -> Money? {
        var total = Money.zero
        for position in act where (legs[position].direction == .outgoing) == isOutgoing && isStable(position) {
            guard let stated = legs[position].value else { continue }
            guard let sum = try? total.adding(Money(rounding: stated)) else { return nil }
            total = sum
        }
        return total
    }

    private func isStable(_ position: Int) -> Bool {
        legTokens[position] >= 0 && tokens[Int(legTokens[position])].isStable
    }
}
