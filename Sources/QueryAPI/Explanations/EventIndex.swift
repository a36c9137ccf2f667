import Accounting
import Events

/// The events behind transactions and prices: where an explanation ends (I11).
struct EventIndex {
    private var byTransaction: [[UInt8]: [RecordedEvent]] = [:]
    private let chain: Chain

    /// The events that count and are about one of these transactions, or state a price for one.
    init(_ history: WalletHistory, of transactions: Set<[UInt8]>) {
        chain = history.wallet.chain
        for recorded in history.events {
            guard let transaction = recorded.event.body.transaction, transactions.contains(transaction) else {
                continue
            }
            byTransaction[transaction, default: []].append(recorded)
        }
        for transaction in byTransaction.keys {
            byTransaction[transaction]?.sort { $0.position.offset < $1.position.offset }
        }
    }

    /// The tellings behind a transaction, in the order of the log.
    func tellings(of transaction: [UInt8]) -> [Telling] {
        (byTransaction[transaction] ?? []).map { Telling($0, chain: chain) }
    }
}

extension WalletHistory {
    /// The tellings that state the price with which an asset's holding is valued.
    func tellings(ofLatestPrice token: TokenFigures) -> [Telling] {
        guard token.latestPrice != nil else { return [] }
        return events.filter { $0.event.body.states(token) }.map { Telling($0, chain: wallet.chain) }
            .sorted { $0.position.offset < $1.position.offset }
    }
}

extension Event.Body {
    /// The transaction that the event is about or was made for.
    fileprivate var transaction: [UInt8]? {
        switch self {
        case .transactionObserved(let event): event.identity.subject
        case .transactionRefused(let event): event.identity.subject
        case .priceObserved(let event): event.transaction
        case .correctionMade(let event): event.transaction
        default: nil
        }
    }

    /// Whether it states the latest price of an asset, by price, time and source: an asset may be named in many ways.
    fileprivate func states(_ token: TokenFigures) -> Bool {
        switch self {
        case .priceObserved(let event):
            event.price == token.latestPrice && event.time == token.latestPriceTime
                && event.source == token.latestPriceSource
        case .portfolioValued(let event):
            event.source == token.latestPriceSource
                && event.entries.contains { $0.price == token.latestPrice && $0.priceTime == token.latestPriceTime }
        case .correctionMade(let event):
            token.latestPriceSource == "correction" && event.target == .price && event.transaction == nil
                && (try? DecimalNumber(text: event.value.utf8)) == token.latestPrice
        default: false
        }
    }
}
