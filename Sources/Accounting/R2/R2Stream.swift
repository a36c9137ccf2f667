import Events

/// A history seen once: what the fold needs to know of it as a whole, and its transactions in canonical order.
struct R2Stream {
    /// What the set of events says besides its transactions.
    private(set) var context: R2Context
    /// Indices of the observed transactions in canonical order.
    let order: [Int32]
    /// How far the history is known.
    let coverage: CoverageUnion
    /// Transactions that could not be decoded.
    let refused: Int64

    /// Sorts a history's events by what they are.
    init(_ history: WalletHistory) {
        let wallet = history.wallet.address
        let assets = R2Assets(chain: history.wallet.chain)
        var order = R2Order(wallet: wallet, capacity: history.transactions.count)
        var remarks = Remarks(assets: assets)
        history.forEach { key, index in
            order.append(key, index: index)
        } other: { body in
            remarks.add(body)
        }
        order.complete(from: history.transactions)
        remarks.prices.settle()
        let hasTrash = order.hasTrash
        self.order = order.sorted(in: history)
        coverage = remarks.coverage
        refused = remarks.refused
        let corrections = R2Corrections(made: remarks.made, undone: remarks.undone, assets: assets)
        context = R2Context(wallet: wallet, assets: assets, prices: remarks.prices, corrections: corrections)
        if hasTrash || !corrections.isEmpty {
            context.findOwnAssets(in: self.order.lazy.map { history.transactions[Int($0)] })
        }
    }
}

/// Everything in a stream that is no transaction.
private struct Remarks {
    let assets: R2Assets
    var prices = R2Prices()
    var coverage = CoverageUnion()
    var refused: Int64 = 0
    var made: [Correction] = []
    var undone: [Correction] = []

    init(assets: R2Assets) { self.assets = assets }

    mutating func add(_ body: Event.Body) {
        switch body {
        case .transactionRefused: refused += 1
        case .priceObserved(let price):
            guard let asset = assets.identity(of: price.asset) else { return }
            let observation = PriceBook.Observation(time: price.time, source: price.source, price: price.price)
            prices.add(observation, asset: asset, transaction: price.transaction)
        case .portfolioValued(let valuation):
            for entry in valuation.entries {
                guard let asset = assets.identity(of: entry.asset) else { continue }
                let observation = PriceBook.Observation(
                    time: entry.priceTime, source: valuation.source, price: entry.price)
                prices.add(observation, asset: asset, transaction: nil)
            }
        case .coverageRecorded(let recorded): coverage.add(recorded)
        case .correctionMade(let correction): made.append(correction)
        case .correctionUndone(let correction): undone.append(correction)
        default: break
        }
    }
}
