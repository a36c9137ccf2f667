public import Events

extension R2 {
    /// What each transaction adds to an asset's figures, in canonical order; folds the history once more.
    public static func contributions(
        to asset: Address, in history: WalletHistory, method: CostBasisMethod
    ) -> [AssetContribution] {
        let stream = R2Stream(history)
        var fold = R2Fold(context: stream.context, state: R2State(assets: stream.context.assets, method: method))
        var watched = WatchedAsset(identity: asset)
        for index in stream.order {
            let transaction = history.transactions[Int(index)]
            fold.apply(transaction)
            watched.note(fold.state, after: transaction)
        }
        return watched.contributions
    }
}

/// Differences of one asset's figures from transaction to transaction.
private struct WatchedAsset {
    private let identity: Address
    private var place: Int?
    private var searched = 0
    private var before: TokenFigures?
    private var noted: [(contribution: AssetContribution, decimals: UInt8)] = []

    init(identity: Address) { self.identity = identity }

    mutating func note(_ state: R2State, after transaction: TransactionObserved) {
        if place == nil { find(in: state.table) }
        guard let place, place < state.assets.count else { return }
        let now = state.assets[place].figures
        defer { before = now }
        let old = before ?? TokenFigures(asset: identity, symbol: "", decimals: now.decimals)
        var contribution = AssetContribution(
            transaction: transaction.identity.subject, time: transaction.minedAt)
        contribution.invested = now.invested.less(old.invested)
        contribution.fees = now.detail.fees.less(old.detail.fees)
        contribution.receivedCost = now.detail.receivedCost.less(old.detail.receivedCost)
        contribution.movedInCost = now.detail.movedInCost.less(old.detail.movedInCost)
        contribution.movedOutCost = now.detail.movedOutCost.less(old.detail.movedOutCost)
        contribution.missing = now.missing - old.missing * Self.factor(from: old.decimals, to: now.decimals)
        if !contribution.isEmpty { noted.append((contribution, now.decimals)) }
    }

    private mutating func find(in table: R2AssetTable) {
        place = (searched..<table.entries.count).first { index in
            table.entries[index].isListed && table.entries[index].identity == identity
        }
        searched = table.entries.count
    }

    /// All in the decimals that hold at the end, as the figures are.
    var contributions: [AssetContribution] {
        noted.map { entry in
            var contribution = entry.contribution
            contribution.missing *= Self.factor(from: entry.decimals, to: before?.decimals ?? entry.decimals)
            return contribution
        }
    }

    /// The fold brought quantities to more decimals only where that fits, so the product does too; more digits than
    /// 128 bits hold can only follow where nothing was booked yet.
    private static func factor(from decimals: UInt8, to finer: UInt8) -> Int128 {
        let digits = Int(finer) - Int(decimals)
        guard digits > 0, digits <= PowersOfTen.largest else { return 1 }
        return Int128(exactly: PowersOfTen[digits]) ?? 1
    }
}

extension Money {
    /// The difference of two sums of which one contains the other: it fits because they do.
    fileprivate func less(_ part: Money) -> Money { Money(units: units - part.units) }
}
