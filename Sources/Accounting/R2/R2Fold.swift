import Events

/// Rule set r2 as a machine: transactions in canonical order go in one by one, `state` and `disposals` come out.
///
/// The state is a value; keeping it and continuing later gives what folding everything at once gives, as long as the
/// context, which is a function of the whole set of events, is the same for the part that was folded.
struct R2Fold {
    /// Where the fold stands.
    var state: R2State
    /// Disposals so far, in canonical order.
    var disposals: [Disposal] = []
    let context: R2Context
    var netting = R2Netting()
    var parts: [Lot] = []

    /// Begins with nothing, or where another fold left off: with its state and its disposals.
    init(context: R2Context, state: R2State, disposals: [Disposal] = []) {
        self.context = context
        self.state = state
        self.disposals = disposals
    }

    /// Makes room for the disposals of so many transactions.
    mutating func reserveCapacity(transactions: Int) { disposals.reserveCapacity(2 * transactions) }

    /// Folds transactions in the order of their indices. Through a pointer a transaction is lent, an array
    /// would copy it.
    mutating func apply(_ transactions: [TransactionObserved], in order: [Int32]) {
        transactions.withUnsafeBufferPointer { transactions in
            for index in order { apply(transactions[Int(index)]) }
        }
    }

    /// Folds the next transaction in canonical order.
    mutating func apply(_ transaction: TransactionObserved) {
        state.completeness.transactions += 1
        state.completeness.replacedTexts += Int64(transaction.replacedTexts)
        let part = context.part(of: transaction)
        switch part {
        case .nothing:
            state.completeness.pending += transaction.status == .pending ? 1 : 0
            state.completeness.trash += transaction.status == .failed ? 1 : 0
        case .feeOnly:
            state.completeness.failed += 1
            payFee(of: transaction, chargedTo: nil)
        case .ownArrivals:
            net(transaction)
            applyOwnArrivals(of: transaction)
        case .whole:
            net(transaction)
            countNonFungible(transaction)
            payFee(of: transaction, chargedTo: chargedAsset())
            for act in netting.acts { apply(act, of: transaction) }
        }
    }

    mutating func net(_ transaction: TransactionObserved) {
        let overrides =
            context.corrections.isEmpty ? [] : context.corrections.prices(in: transaction.identity.subject)
        netting.net(transaction, overrides: overrides, into: &state.table)
    }

    mutating func countNonFungible(_ transaction: TransactionObserved) {
        let legs = transaction.legs.span
        for index in legs.indices {
            let isFungible = legs[index].nft == nil && legs[index].asset != .unidentified
            state.completeness.nonFungibleLegs += isFungible ? 0 : 1
        }
    }

    mutating func apply(_ act: R2Act, of transaction: TransactionObserved) {
        switch R2Shape(of: act, in: netting.entries) {
        case .nothing: break
        case .swap: applySwap(act.entries, of: transaction)
        case .transfers: applyTransfers(act, of: transaction)
        case .move:
            let (given, received) = sides(of: act.entries)
            move(given, received, isUnpricedSwap: false, of: transaction)
        }
    }

    /// Flagged as spam: what arrives of assets that the wallet itself swaps or sends counts, the rest is left out.
    mutating func applyOwnArrivals(of transaction: TransactionObserved) {
        var hasLeftOut = false
        for act in netting.acts {
            let isArrival = !netting.entries[act.entries].contains { !$0.isReceived }
            for index in act.entries {
                let asset = netting.entries[index].asset
                guard asset >= 0 else { continue }
                if isArrival, context.ownAssets.contains(state.table.entries[Int(asset)].identity) {
                    receive(netting.entries[index], act, of: transaction)
                } else {
                    hasLeftOut = true
                    state.grow(to: Int(asset))
                    state.assets[Int(asset)].figures.detail.spamLegs += 1
                }
            }
        }
        state.completeness.trash += hasLeftOut || netting.acts.isEmpty ? 1 : 0
    }

    /// The entries given and received of an act with one of each.
    func sides(of range: Range<Int>) -> (given: R2NetEntry, received: R2NetEntry) {
        let first = netting.entries[range.lowerBound]
        let second = netting.entries[range.upperBound - 1]
        return first.isReceived ? (second, first) : (first, second)
    }
}
