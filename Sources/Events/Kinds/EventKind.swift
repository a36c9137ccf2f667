/// The kinds of events (design.md, Events). The raw value is stored; it is never reused.
public enum EventKind: UInt8, Sendable, Hashable, CaseIterable {
    case transactionObserved = 1
    case transactionRetracted = 2
    case transactionRefused = 3
    case priceObserved = 4
    case portfolioValued = 5
    case coverageRecorded = 6
    case walletTracked = 7
    case walletUntracked = 8
    case walletFlagged = 9
    case walletDiscovered = 10
    case correctionMade = 11
    case correctionUndone = 12
    case jobSubmitted = 20
    case jobWalletFinished = 21
    case jobCancelled = 22
    case serviceSwitched = 23
    /// A provider's own JSON of one transaction, in the topic of payloads.
    case providerPayload = 30

    /// The CloudEvents type.
    public var type: String {
        switch self {
        case .transactionObserved: "pnl.transaction.observed.v1"
        case .transactionRetracted: "pnl.transaction.retracted.v1"
        case .transactionRefused: "pnl.transaction.refused.v1"
        case .priceObserved: "pnl.price.observed.v1"
        case .portfolioValued: "pnl.portfolio.valued.v1"
        case .coverageRecorded: "pnl.coverage.recorded.v1"
        case .walletTracked: "pnl.wallet.tracked.v1"
        case .walletUntracked: "pnl.wallet.untracked.v1"
        case .walletFlagged: "pnl.wallet.flagged.v1"
        case .walletDiscovered: "pnl.wallet.discovered.v1"
        case .correctionMade: "pnl.correction.made.v1"
        case .correctionUndone: "pnl.correction.undone.v1"
        case .jobSubmitted: "pnl.job.submitted.v1"
        case .jobWalletFinished: "pnl.job.wallet.finished.v1"
        case .jobCancelled: "pnl.job.cancelled.v1"
        case .serviceSwitched: "pnl.service.switched.v1"
        case .providerPayload: "pnl.provider.payload.v1"
        }
    }

    private static let kindsByType = Dictionary(uniqueKeysWithValues: allCases.map { ($0.type, $0) })

    /// The kind with this CloudEvents type; nil for a type of another version of this system.
    public init?(type: String) {
        guard let kind = Self.kindsByType[type] else { return nil }
        self = kind
    }
}
