import Accounting
import Events
import ReadModels

/// A wallet as it was folded for a question: its numbers and everything they rest on.
struct PastWallet: Sendable {
    /// The wallet's row as it was read with the events.
    let figures: WalletFigures
    /// Whose rule set folded it.
    let generation: Generation
    /// What was asked.
    let selection: PastSelection
    /// Offset of the last event that could count; with the partition, the answer's position.
    let offset: Int64
    /// The events that count.
    let history: WalletHistory
    /// What they come to.
    let numbers: WalletNumbers
    /// The portfolio as the projector would store it.
    let body: StoredObject
    /// Every telling that was known, in the order of the log.
    let tellings: [Telling]
    /// Whether an event could not be read, so that those from it on do not count (I6).
    let isDegraded: Bool

    /// `<partition>:<offset>`.
    var position: String { "\(figures.partition):\(offset)" }
    /// The wallet.
    var wallet: WalletKey { figures.wallet }
    /// Its chain.
    var chain: Chain { figures.wallet.chain }

    /// What stands around the answer.
    var envelope: Envelope {
        Envelope(generation: generation, timestamp: figures.writtenAt, position: position)
    }

    /// Generation and version; the rest of the question is the address's own.
    var entityTag: String {
        "g\(generation.number)-\(figures.partition)-\(offset)\(isDegraded ? "-degraded" : "")"
    }

    /// The rules it was folded with.
    func rules() throws -> FoldingRules { try FoldingRules(generation) }

    /// The figures of an asset; throws when the wallet never had it.
    func token(_ asset: Address) throws(APIError) -> TokenFigures {
        guard let token = numbers.tokens.first(where: { $0.asset == asset }) else {
            throw APIError(.unknownToken, "the wallet has no events of this token")
        }
        return token
    }
}

/// One event of a wallet's stream as the log has it, without what it says.
struct Telling: Sendable, Hashable {
    let kind: EventKind
    /// What it is about, for people.
    let subject: String
    let revision: UInt64
    let position: LogPosition
    let recordedAt: Int64
    let source: String
    let payload: LogPosition?

    init(_ recorded: RecordedEvent, chain: Chain) {
        kind = recorded.event.body.kind
        subject = recorded.event.body.subjectText(on: chain)
        revision = recorded.event.revision
        position = recorded.position
        recordedAt = recorded.recordedAt
        source = recorded.source
        payload = recorded.event.payload
    }
}

extension Event.Body {
    /// What the event is about, for people: a transaction's hash, an asset, a command.
    func subjectText(on chain: Chain) -> String {
        switch self {
        case .transactionObserved(let event): String(decoding: event.identity.subject, as: UTF8.self)
        case .transactionRetracted(let event): String(decoding: event.identity.subject, as: UTF8.self)
        case .transactionRefused(let event): String(decoding: event.identity.subject, as: UTF8.self)
        case .priceObserved(let event): event.asset.pathText(on: chain)
        case .portfolioValued(let event): event.source
        case .coverageRecorded(let event): event.source
        case .walletTracked(let event), .walletUntracked(let event), .walletFlagged(let event),
            .walletDiscovered(let event):
            event.command
        case .correctionMade(let event), .correctionUndone(let event): event.command
        case .jobSubmitted(let event): event.job
        case .jobWalletFinished(let event): event.job
        case .jobCancelled(let event): event.job
        case .serviceSwitched(let event): event.service
        }
    }
}

extension AssetName {
    /// The asset as a path names it: an address or `native`; empty for one that nothing was said about.
    func pathText(on chain: Chain) -> String {
        switch self {
        case .absent, .empty: "native"
        case .address(let address): address.pathText(on: chain)
        case .unidentified: ""
        }
    }
}

extension Address {
    /// The asset as a path names it: an address or `native`.
    func pathText(on chain: Chain) -> String { count == 0 ? "native" : text(on: chain) }
}
