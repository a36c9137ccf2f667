/// Something that happened, with what identifies this telling of it (I2).
public struct Event: Sendable, Hashable {
    /// What happened, by kind.
    public enum Body: Sendable, Hashable {
        case transactionObserved(TransactionObserved)
        case transactionRetracted(TransactionRetracted)
        case transactionRefused(TransactionRefused)
        case priceObserved(PriceObserved)
        case portfolioValued(PortfolioValued)
        case coverageRecorded(CoverageRecorded)
        case walletTracked(WalletCommand)
        case walletUntracked(WalletCommand)
        case walletFlagged(WalletCommand)
        case walletDiscovered(WalletCommand)
        case correctionMade(Correction)
        case correctionUndone(Correction)
        case jobSubmitted(JobSubmitted)
        case jobWalletFinished(JobWalletFinished)
        case jobCancelled(JobCancelled)
        case serviceSwitched(ServiceSwitched)
    }

    /// What happened.
    public var body: Body
    /// Starts at 1 and grows when the content about the same subject changes.
    public var revision: UInt64
    /// SHA-256 of the content; of equal revisions the greater digest wins.
    public var digest: Digest
    /// Where the provider's own words lie; outside the digest.
    public var payload: LogPosition?

    /// An event as it lies in the log.
    public init(body: Body, revision: UInt64, digest: Digest, payload: LogPosition? = nil) {
        self.body = body
        self.revision = revision
        self.digest = digest
        self.payload = payload
    }
}

extension Event.Body {
    /// The kind of event.
    public var kind: EventKind {
        switch self {
        case .transactionObserved: .transactionObserved
        case .transactionRetracted: .transactionRetracted
        case .transactionRefused: .transactionRefused
        case .priceObserved: .priceObserved
        case .portfolioValued: .portfolioValued
        case .coverageRecorded: .coverageRecorded
        case .walletTracked: .walletTracked
        case .walletUntracked: .walletUntracked
        case .walletFlagged: .walletFlagged
        case .walletDiscovered: .walletDiscovered
        case .correctionMade: .correctionMade
        case .correctionUndone: .correctionUndone
        case .jobSubmitted: .jobSubmitted
        case .jobWalletFinished: .jobWalletFinished
        case .jobCancelled: .jobCancelled
        case .serviceSwitched: .serviceSwitched
        }
    }
}
