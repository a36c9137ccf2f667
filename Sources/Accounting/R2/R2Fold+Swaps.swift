import Events

extension R2Fold {
    mutating func applySwap(_ range: Range<Int>, of transaction: TransactionObserved) {
        lookUpPrices(range, of: transaction)
        let valuation = R2SwapValuation(&netting.entries, range)
        let day = state.day(of: transaction.minedAt)
        if state.days[day].swaps == 0 { state.activeDays += 1 }
        state.days[day].swaps += 1
        state.completeness.unbalancedSwaps += valuation.isUnbalanced ? 1 : 0
        if valuation.carriesOver {
            let (given, received) = sides(of: range)
            move(given, received, isUnpricedSwap: true, of: transaction)
            return
        }
        for index in range where !netting.entries[index].isReceived {
            giveInSwap(netting.entries[index], isUnbalanced: valuation.isUnbalanced, of: transaction)
        }
        for index in range where netting.entries[index].isReceived {
            acquire(netting.entries[index], isUnbalanced: valuation.isUnbalanced, in: transaction)
        }
    }

    /// Legs without value take the observation made for them, else the nearest within an hour.
    mutating func lookUpPrices(_ range: Range<Int>, of transaction: TransactionObserved) {
        guard !context.prices.isEmpty else { return }
        for index in range where netting.entries[index].marketValue == nil {
            netting.entries[index].observedValue = observedValue(of: netting.entries[index], in: transaction)
        }
    }

    func observedValue(of entry: R2NetEntry, in transaction: TransactionObserved) -> Money? {
        guard entry.asset >= 0, entry.fits, !context.prices.isEmpty else { return nil }
        let asset = state.table.entries[Int(entry.asset)]
        guard asset.isListed,
            let price = context.prices.price(
                of: asset.identity, transaction: transaction.identity.subject, at: transaction.minedAt),
            let value = try? UnitPrice.digits(price).value(ofBaseUnits: entry.size, decimals: entry.decimals)
        else { return nil }
        return value > .zero ? value : nil
    }

    mutating func giveInSwap(_ entry: R2NetEntry, isUnbalanced: Bool, of transaction: TransactionObserved) {
        guard state.admit(entry, money: entry.share) else { return }
        let (disposal, hold) = dispose(entry, kind: .swap, proceeds: entry.share, of: transaction)
        let asset = Int(entry.asset)
        state.assets[asset].figures.countSwap(isUnbalanced: isUnbalanced, isUnpriced: entry.share == nil)
        if disposal.isClosedTrade {
            state.assets[asset].figures.countTrade(disposal)
            state.assets[asset].hold.add(hold)
            if !entry.isQuote, isCounted(entry.asset) { countTrade(disposal) }
        }
        record(disposal, of: entry)
    }

    mutating func acquire(_ entry: R2NetEntry, isUnbalanced: Bool, in transaction: TransactionObserved) {
        guard state.admit(entry, money: entry.share) else { return }
        let place = nextPlace(transaction)
        let asset = Int(entry.asset)
        state.assets[asset].figures.countSwap(isUnbalanced: isUnbalanced, isUnpriced: entry.share == nil)
        state.assets[asset].acquire(entry.size, cost: entry.share, in: place)
        state.eventCount += 1
    }

    mutating func nextPlace(_ transaction: TransactionObserved) -> R2Place {
        state.nextPlace(time: transaction.minedAt, transaction: transaction.identity.subject)
    }

    /// A closed trade of a token, in the wallet's day and runs.
    mutating func countTrade(_ disposal: Disposal) {
        let day = state.day(of: disposal.time)
        state.days[day].trades += 1
        state.days[day].volume = Money(units: state.days[day].volume.units + disposal.proceeds.units)
        if disposal.realised > .zero { state.days[day].wins += 1 }
        state.streaks.add(disposal.realised)
    }

    /// Whether an asset is in the wallet's sums: listed, and not marked as spam.
    func isCounted(_ asset: Int32) -> Bool {
        let entry = state.table.entries[Int(asset)]
        return entry.isListed && (context.corrections.isEmpty || context.corrections.isSpam(entry.identity) != true)
    }
}
