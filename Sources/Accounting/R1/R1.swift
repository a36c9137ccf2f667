import Events

/// Rule set `r1`: the original as it stood on 2025-10-25, its deterministic defects included (domain.md 2, 11.1).
///
/// `swap_input_*` and `swap_output_*` (B13, B14) are left out: they cannot be recomputed from what was recorded.
public enum R1: RuleSet {
    /// Its name and version.
    public static let identity = RuleSetIdentity(name: "r1", version: 1)

    /// Folds the events that count; pure, and the same for equal sets of events (I3).
    public static func fold(_ history: WalletHistory) throws(FoldError) -> WalletNumbers {
        var stream = R1Stream(history)
        let order = stream.takeTransactionOrder()
        var conversion = R1Conversion(history: history, prices: stream.prices)
        for index in order { conversion.convert(transactionAt: index) }

        var numbers = WalletNumbers()
        numbers.completeness = conversion.completeness
        numbers.completeness.refused = stream.refused
        stream.coverage.write(to: &numbers.completeness)
        let matching = R1Matching(conversion, history: history, prices: stream.prices)
        try R1Portfolio.aggregate(matching, chain: history.wallet.chain, into: &numbers)
        return numbers
    }
}

/// A history seen once: which transactions there are, in which order, and what was said besides.
struct R1Stream {
    /// Prices observed.
    private(set) var prices = PriceBook()
    /// How far the history is known.
    private(set) var coverage = CoverageUnion()
    /// Transactions that could not be decoded.
    private(set) var refused: Int64 = 0
    private var order: TransactionOrder
    private let history: WalletHistory

    /// Sorts a history's records by what they are.
    init(_ history: WalletHistory) {
        self.history = history
        order = TransactionOrder(capacity: history.count)
        for (index, record) in history.records.enumerated() {
            switch record.event.body {
            case .transactionObserved(let transaction):
                let second = R1.second(ofMicroseconds: transaction.minedAt)
                order.append(time: second, subject: transaction.identity.subject, index: Int32(index))
            case .transactionRefused: refused += 1
            case .priceObserved(let price): add(price)
            case .portfolioValued(let valuation): add(valuation)
            case .coverageRecorded(let coverage): self.coverage.add(coverage)
            default: break
            }
        }
    }

    /// The observed transactions by second and hash (domain.md 2.6, 11.1).
    mutating func takeTransactionOrder() -> [Int32] {
        let taken = order
        order = TransactionOrder(capacity: 0)
        return taken.sorted(in: history)
    }

    private mutating func add(_ price: PriceObserved) {
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

extension R1 {
    /// The original's clock ticks in seconds (2.1); before the epoch it rounds down like after it.
    static func second(ofMicroseconds time: Int64) -> Int64 {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
