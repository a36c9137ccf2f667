import Events

extension R2Fold {
    /// A fee disposes of its asset before the acts, at market value, its own gain included; never a closed trade
    /// (domain.md 11.2, Fees).
    mutating func payFee(of transaction: TransactionObserved, chargedTo charged: Int32?) {
        guard let fee = transaction.fee, isOwn(fee, of: transaction),
            var entry = R2NetEntry(fee: fee, into: &state.table)
        else { return }
        // Booked twice: as proceeds of its asset and as a fee of the asset charged.
        let value = entry.marketValue ?? observedValue(of: entry, in: transaction)
        let twice = value.flatMap { try? $0.adding($0) }
        if value != nil, twice == nil { entry.giveUp() }
        guard state.admit(entry, money: twice) else { return }
        let charged = charged ?? entry.asset
        state.grow(to: Int(charged))
        var (disposal, _) = dispose(entry, kind: .fee, proceeds: value, of: transaction)
        disposal.chargedTo = state.table.entries[Int(charged)].identity
        record(disposal, of: entry)
        state.assets[Int(charged)].figures.charge(value)
        guard let value, isCounted(charged) else { return }
        let day = state.day(of: transaction.minedAt)
        state.days[day].fees = Money(units: state.days[day].fees.units + value.units)
    }

    /// A fee is this wallet's if it sent the transaction; a ledger's fee row, a leg of its own, always.
    func isOwn(_ fee: Leg, of transaction: TransactionObserved) -> Bool {
        transaction.sender == context.wallet || fee.direction == .own
    }

    /// The first non-quote asset given, else received; nil: the fee's own.
    func chargedAsset() -> Int32? {
        var received: Int32?
        for act in netting.acts where !act.operation.isPermission {
            for index in act.entries {
                let entry = netting.entries[index]
                guard !entry.isQuote, entry.asset >= 0, state.table.entries[Int(entry.asset)].isListed else { continue }
                if !entry.isReceived { return entry.asset }
                received = received ?? entry.asset
            }
        }
        return received
    }
}
