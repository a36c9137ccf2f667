import Events

extension R2Fold {
    /// Takes an admitted quantity out of its lots and shares the proceeds by quantity; nil: unpriced, or sent away.
    mutating func dispose(
        _ entry: R2NetEntry, kind: Disposal.Kind, proceeds: Money?, of transaction: TransactionObserved
    ) -> (Disposal, R2WeightedHold) {
        parts.removeAll(keepingCapacity: true)
        let size = entry.size
        let taken = state.assets[Int(entry.asset)].take(size, into: &parts)
        var disposal = Disposal(
            asset: state.table.entries[Int(entry.asset)].identity, time: transaction.minedAt,
            transaction: transaction.identity.subject, quantity: size)
        disposal.kind = kind
        disposal.isPriced = proceeds != nil
        let hold = disposal.match(parts, missing: taken.missing, proceeds: proceeds, acquisitions: state.acquisitions)
        state.eventCount += 1
        if kind == .send { return (disposal, hold) }
        state.assets[Int(entry.asset)].figures.book(disposal)
        guard proceeds != nil, disposal.realised != .zero, isCounted(entry.asset) else {
            return (disposal, hold)
        }
        let day = state.day(of: transaction.minedAt)
        if entry.isQuote {
            state.days[day].quoteRealised = Money(
                units: state.days[day].quoteRealised.units + disposal.realised.units)
        } else {
            state.days[day].realised = Money(units: state.days[day].realised.units + disposal.realised.units)
        }
        return (disposal, hold)
    }

    /// Keeps a disposal of something that is served.
    mutating func record(_ disposal: consuming Disposal, of entry: R2NetEntry) {
        guard state.table.entries[Int(entry.asset)].isListed else { return }
        disposals.append(disposal)
        state.disposalCount += 1
    }
}
