import Events
import Runtime

/// An event about to be appended to a wallet's stream.
struct PendingEvent {
    let wallet: WalletKey
    let subject: SubjectKey
    let body: Event.Body
    let revision: UInt64
    let digest: Digest
    /// The provider's own JSON, to be appended first; nil when there is none or it is larger than a record may be.
    let payload: [UInt8]?
    /// Who said so.
    let source: String
}

/// Appends events with their payloads: a payload is acknowledged before the event that points to it is appended, and
/// only then the event counts as appended (I5). What is appended twice after a failure has the same id (I2).
struct StreamAppender {
    let appender: any LogAppender
    let retry: RetryPolicy
    let wallClock: WallClock
    private let encoder = EventEncoder()

    init(_ appender: any LogAppender, retry: RetryPolicy, wallClock: WallClock) {
        (self.appender, self.retry, self.wallClock) = (appender, retry, wallClock)
    }

    /// Digest of an event's content.
    func contentDigest(of body: Event.Body) -> Digest { Digest.sha256(encoder.encodeContent(body)) }

    /// Why the event would be unreadable in the log, for example because it is too large; nil when it is fine.
    func reasonAgainst(_ body: Event.Body, of wallet: WalletKey) -> String? {
        do {
            // The largest that what is known of it can become: an event that fits so fits always.
            _ = try encoder.seal(
                body, revision: .max, wallet: wallet,
                payload: body.kind.pointsToPayload
                    ? LogPosition(topic: .providerPayloads, partition: .max, offset: .max) : nil,
                digest: Digest.sha256)
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Appends all of them or throws. Returns where each lies. `keepLease` is called before every try, since a try may
    /// come long after the one before: a revision is raised only under a lease that is held (I2).
    @discardableResult
    func append(_ events: [PendingEvent], keepLease: () throws -> Void) throws -> [LogPosition] {
        let now = wallClock.nowMicroseconds()
        let payloads = try events.compactMap { event in try payloadRecord(of: event, at: now) }
        var positions = try append(payloads, to: .providerPayloads, keepLease)[...]
        let records = try events.map { event in
            let position = event.payload == nil ? nil : positions.popFirst()
            return try encoder.seal(
                event.body, revision: event.revision, wallet: event.wallet, payload: position, digest: Digest.sha256
            ).record(key: event.wallet.logKey, source: event.source, time: now)
        }
        return try append(records, to: .walletTransactions, keepLease)
    }

    private func payloadRecord(of event: PendingEvent, at time: Int64) throws -> LogRecord? {
        guard let payload = event.payload else { return nil }
        let identity: TransactionIdentity
        switch event.body {
        case .transactionObserved(let body): identity = body.identity
        case .transactionRefused(let body): identity = body.identity
        default: return nil
        }
        return try encoder.seal(
            payload: payload, of: identity, revision: event.revision, wallet: event.wallet, digest: Digest.sha256
        ).record(key: event.wallet.logKey, source: event.source, time: time)
    }

    /// Appends records and tries those again that were not acknowledged. Returns where each lies.
    private func append(
        _ records: [LogRecord], to topic: Topic, _ keepLease: () throws -> Void
    ) throws -> [LogPosition] {
        var positions = [LogPosition?](repeating: nil, count: records.count)
        var waiting = Array(records.indices)
        guard !waiting.isEmpty else { return [] }
        try retry.attempt {
            try keepLease()
            var failure: LogError?
            for (index, result) in zip(waiting, appender.append(waiting.map { records[$0] }, to: topic)) {
                switch result {
                case .success(let position): positions[index] = position
                case .failure(let error): if failure?.isRetriable ?? true { failure = error }
                }
            }
            waiting.removeAll { positions[$0] != nil }
            if let failure { throw failure }
        }
        return positions.compactMap(\.self)
    }
}

extension EventKind {
    /// Whether events of this kind say where the provider's own words lie.
    fileprivate var pointsToPayload: Bool { self == .transactionObserved || self == .transactionRefused }
}
