import Events
import JSON

/// What the files hold, found out before anything is appended: every file was read and decoded once, and of each
/// transaction told several times one telling counts, the last good one.
struct ImportSurvey {
    /// One record of one page.
    struct Place: Hashable {
        let file: Int32
        let record: Int32
        let isObserved: Bool
    }

    /// What the files say about a wallet.
    struct Wallet {
        /// Indices of the pages that tell of it, ascending.
        fileprivate(set) var files: [Int] = []
        /// The telling of each transaction that counts.
        fileprivate(set) var tellings: [SubjectKey: Place] = [:]
        /// Bounds of the times of its transactions, microseconds; nil when none could be read.
        fileprivate(set) var minedAt: ClosedRange<Int64>?
        /// Prices that the files state for it, in their order.
        fileprivate(set) var prices: [PriceObserved] = []
    }

    /// The wallets told of.
    private(set) var wallets: [WalletKey: Wallet] = [:]
    /// Which prices concern whom.
    private(set) var prices: PriceMatcher
    /// Refused transactions that no stream could be found for.
    private(set) var streamlessRefusals: [TransactionRefused] = []
    /// Rows that were left out, each with its file and place.
    private(set) var skipped: [String] = []
    /// What was taken, but should be looked at, each with its file and place.
    private(set) var remarks: [String] = []

    init(prices: PriceMatcher) { self.prices = prices }

    /// Takes note of a file.
    mutating func note(_ told: ToldFile, file: Int, path: String) {
        for (record, telling) in told.tellings.enumerated() {
            guard let wallet = telling.stream else {
                if case .refused(let event) = telling.outcome { streamlessRefusals.append(event) }
                continue
            }
            wallets[wallet, default: Wallet()].note(telling.outcome, file: file, record: record)
            prices.note(telling.outcome, of: wallet)
        }
        for (wallet, price) in told.prices { wallets[wallet, default: Wallet()].prices.append(price) }
        skipped += told.skipped.map { "\(path): \($0)" }
        remarks += told.remarks.map { "\(path): \($0)" }
    }

    /// The observations for a wallet's stream: of several about one subject the last.
    func observations(for wallet: WalletKey) -> [PriceObserved] {
        (prices.observations(for: wallet) + (wallets[wallet]?.prices ?? [])).lastTellings
    }
}

extension ImportSurvey.Wallet {
    /// Whether the telling at that place is the one that counts.
    func tells(_ outcome: ZerionPage.Outcome, at place: ImportSurvey.Place) -> Bool {
        tellings[SubjectKey(EventSubject(of: outcome.body))] == place
    }

    fileprivate mutating func note(_ outcome: ZerionPage.Outcome, file: Int, record: Int) {
        if files.last != file { files.append(file) }
        let place = ImportSurvey.Place(
            file: Int32(truncatingIfNeeded: file), record: Int32(truncatingIfNeeded: record),
            isObserved: outcome.isObserved)
        let key = SubjectKey(EventSubject(of: outcome.body))
        if let earlier = tellings[key], earlier.isObserved, !place.isObserved { return }
        tellings[key] = place
        guard let time = outcome.minedAt else { return }
        minedAt = min(time, minedAt?.lowerBound ?? time)...max(time, minedAt?.upperBound ?? time)
    }
}

extension ZerionPage.Outcome {
    var isObserved: Bool { if case .observed = self { true } else { false } }

    /// The event it becomes.
    var body: Event.Body {
        switch self {
        case .observed(let event): .transactionObserved(event)
        case .refused(let event): .transactionRefused(event)
        }
    }

    var identity: TransactionIdentity {
        switch self {
        case .observed(let event): event.identity
        case .refused(let event): event.identity
        }
    }

    var minedAt: Int64? {
        switch self {
        case .observed(let event): event.minedAt
        case .refused(let event): event.minedAt
        }
    }
}
