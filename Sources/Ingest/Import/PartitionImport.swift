import Events
import Runtime

/// Appends what the files tell of the wallets of one partition, whose lease is held: what is new or changed, in
/// batches, and counts it once it is acknowledged.
struct PartitionImport {
    private let appender: StreamAppender
    private let held: HeldPartition
    private var known: KnownSubjects
    private var pending: [PendingEvent] = []
    private var pendingByteCount = 0
    /// What became of each wallet's tellings so far.
    private(set) var tallies: [WalletKey: ImportTally] = [:]

    /// Who covers what an import covers.
    static let coverageSource = "import"

    init(appender: StreamAppender, held: HeldPartition, known: KnownSubjects) {
        (self.appender, self.held, self.known) = (appender, held, known)
    }

    /// Takes a transaction as a file tells it.
    mutating func take(_ telling: ToldFile.Telling, of wallet: WalletKey, source: String) throws {
        try take(telling.outcome.body, of: wallet, source: source, payload: telling.payload)
    }

    /// Takes a price that concerns a wallet.
    mutating func take(_ price: PriceObserved, of wallet: WalletKey) throws {
        try take(.priceObserved(price), of: wallet, source: price.source, payload: nil)
    }

    /// Takes what the files cover of a wallet's history, as a whole: the same files cover the same.
    mutating func take(coverageOf wallet: WalletKey, _ survey: ImportSurvey.Wallet) throws {
        guard let minedAt = survey.minedAt else { return }
        let coverage = CoverageRecorded(
            source: Self.coverageSource, from: minedAt.lowerBound, to: minedAt.upperBound, reachedBeginning: false,
            stopReason: .endOfFile, count: UInt64(survey.tellings.count))
        try take(.coverageRecorded(coverage), of: wallet, source: Self.coverageSource, payload: nil)
    }

    private mutating func take(
        _ body: Event.Body, of wallet: WalletKey, source: String, payload: ArraySlice<UInt8>?
    ) throws {
        let subject = SubjectKey(EventSubject(of: body))
        let digest = appender.contentDigest(of: body)
        let revision: UInt64
        switch known.decision(on: subject, digest: digest, kind: body.kind, of: wallet) {
        case .known:
            tallies[wallet, default: ImportTally()].count(body.kind, as: \.known)
            return
        case .goodOneKept:
            tallies[wallet, default: ImportTally()].goodOnesKept += 1
            return
        case .new: revision = 1
        case .changed(let next): revision = next
        }
        if case .transactionObserved(let event) = body, let reason = appender.reasonAgainst(body, of: wallet) {
            let refused = TransactionRefused(
                identity: event.identity, code: .outOfBounds, detail: reason, minedAt: event.minedAt)
            return try take(.transactionRefused(refused), of: wallet, source: source, payload: payload)
        }
        let fits = payload.map { $0.count <= LogRecord.maximumValueByteCount } ?? true
        if !fits { tallies[wallet, default: ImportTally()].oversizedPayloads += 1 }
        pending.append(
            PendingEvent(
                wallet: wallet, subject: subject, body: body, revision: revision, digest: digest,
                payload: fits ? payload.map(Array.init) : nil, source: source))
        pendingByteCount += (payload?.count ?? 0) + 256
        if pending.count >= appender.retry.limits.batchCount || pendingByteCount >= appender.retry.limits.batchByteCount
        {
            try flush()
        }
    }

    /// Appends what is waiting. Called between batches of another kind, so that what points to something comes later.
    mutating func flush() throws {
        guard !pending.isEmpty else { return }
        if appender.retry.stop.isRaised { throw IngestError(.stopped, "stopped before the end") }
        try held.keep()
        try appender.append(pending)
        for event in pending {
            known.note(event)
            tallies[event.wallet, default: ImportTally()].count(
                event.body.kind, as: event.revision == 1 ? \.new : \.changed)
            if event.payload != nil { tallies[event.wallet, default: ImportTally()].payloads += 1 }
        }
        pending.removeAll(keepingCapacity: true)
        pendingByteCount = 0
    }
}
