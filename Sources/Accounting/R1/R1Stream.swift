import Events

/// A history seen once: which transactions there are, in which order, and what was said besides.
struct R1Stream {
    /// Prices observed.
    private(set) var prices = PriceBook()
    /// How far the history is known.
    private(set) var coverage = CoverageUnion()
    /// Transactions that could not be decoded.
    private(set) var refused: Int64 = 0
    /// The observed transactions by second and hash (domain.md 2.6, 11.1).
    private(set) var order: [Int32] = []

    /// Sorts a history's events by what they are.
    init(_ history: WalletHistory) {
        var order = TransactionOrder(capacity: history.transactions.count)
        history.forEach { key, index in
            var key = key
            key.time = R1.second(ofMicroseconds: key.time)
            order.append(key, index: index)
        } other: { body in
            add(body, history)
        }
        self.order = order.sorted(in: history)
    }

    private mutating func add(_ body: Event.Body, _ history: WalletHistory) {
        switch body {
        case .transactionRefused: refused += 1
        case .priceObserved(let price): add(price, history)
        case .portfolioValued(let valuation): add(valuation)
        case .coverageRecorded(let recorded): coverage.add(recorded)
        default: break
        }
    }

    private mutating func add(_ price: PriceObserved, _ history: WalletHistory) {
        guard let asset = R1.asset(named: price.asset) else { return }
        let observation = PriceBook.Observation(time: price.time, source: price.source, price: price.price)
        let transaction = price.transaction.flatMap { history.transactionIndex(ofSubject: $0) }
        prices.add(observation, asset: asset, transaction: transaction)
    }

    private mutating func add(_ valuation: PortfolioValued) {
        for entry in valuation.entries {
            guard let asset = R1.asset(named: entry.asset) else { continue }
            let observation = PriceBook.Observation(
                time: entry.priceTime, source: valuation.source, price: entry.price)
            prices.add(observation, asset: asset, transaction: nil)
        }
    }
}
