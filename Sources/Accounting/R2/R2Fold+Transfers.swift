import Events

extension R2Fold {
    mutating func applyTransfers(_ act: R2Act, of transaction: TransactionObserved) {
        let isOneSidedTrade = act.operation == .trade
        state.completeness.oneSided += isOneSidedTrade ? 1 : 0
        for index in act.entries {
            if netting.entries[index].isReceived {
                receive(netting.entries[index], act, of: transaction)
            } else {
                send(netting.entries[index], of: transaction)
            }
            guard isOneSidedTrade, netting.entries[index].asset >= 0 else { continue }
            state.grow(to: Int(netting.entries[index].asset))
            state.assets[Int(netting.entries[index].asset)].figures.oneSided += 1
        }
    }

    /// Not a realisation: lots leave at their cost (domain.md 11.2, Send).
    mutating func send(_ entry: R2NetEntry, of transaction: TransactionObserved) {
        let value = entry.marketValue ?? observedValue(of: entry, in: transaction)
        guard state.admit(entry, money: value) else { return }
        var (disposal, _) = dispose(entry, kind: .send, proceeds: nil, of: transaction)
        disposal.isPriced = value != nil
        disposal.marketValue = value
        state.assets[Int(entry.asset)].figures.countSend(disposal)
        record(disposal, of: entry)
    }

    /// A lot of unknown basis, unless a correction knows it (domain.md 11.2, Send).
    mutating func receive(_ entry: R2NetEntry, _ act: R2Act, of transaction: TransactionObserved) {
        let cost = correctedBasis(of: entry, act, in: transaction)
        guard state.admit(entry, money: cost) else { return }
        let place = nextPlace(transaction)
        state.assets[Int(entry.asset)].receive(entry.size, cost: cost, in: place)
        state.eventCount += 1
    }

    func correctedBasis(
        of entry: R2NetEntry, _ act: R2Act, in transaction: TransactionObserved
    ) -> Money? {
        guard !context.corrections.isEmpty, entry.asset >= 0 else { return nil }
        let identity = state.table.entries[Int(entry.asset)].identity
        let name = transaction.legs[Int(entry.firstLeg)].act
        switch context.corrections.basis(of: identity, transaction: transaction, act: name) {
        case nil: return nil
        case .zero: return .zero
        case .amount(let amount): return amount
        case .market: return entry.marketValue ?? observedValue(of: entry, in: transaction)
        }
    }

    /// Moves lots from one asset to another: dates and total cost kept, quantity rescaled, in proportion when only
    /// part of it has lots; the remainder is of unknown basis (domain.md 11.2, Moves).
    mutating func move(
        _ given: R2NetEntry, _ received: R2NetEntry, isUnpricedSwap: Bool, of transaction: TransactionObserved
    ) {
        parts.removeAll(keepingCapacity: true)
        var missing: Int128 = 0
        var cost = Money.zero
        if state.admit(given, money: nil) {
            let size = given.size
            if state.fits(state.assets[Int(given.asset)].lots.knownCost) {
                (cost, missing) = state.assets[Int(given.asset)].take(size, into: &parts)
                state.book(cost)
                state.assets[Int(given.asset)].figures.countMoveOut(size, cost: cost)
            } else {
                state.giveUp(given.asset)
            }
            state.eventCount += 1
        }
        if parts.isEmpty { missing = given.size }
        if isUnpricedSwap { countUnpriced([given, received]) }
        guard state.admit(received, money: nil) else { return }
        let lots = R2Move.lots(
            parts, missing: missing, becoming: received.size, origin: isUnpricedSwap ? .unpriced : .move,
            in: nextPlace(transaction))
        state.assets[Int(received.asset)].figures.countMoveIn(received.size, cost: cost)
        for lot in lots { state.assets[Int(received.asset)].lots.add(lot) }
        state.eventCount += 1
    }

    mutating func countUnpriced(_ entries: [R2NetEntry]) {
        for entry in entries where entry.asset >= 0 {
            state.grow(to: Int(entry.asset))
            state.assets[Int(entry.asset)].figures.countSwap(isUnbalanced: false, isUnpriced: true)
        }
    }
}
