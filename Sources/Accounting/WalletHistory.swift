public import Events

/// The set of a wallet's events: of each subject the winning telling (I3).
///
/// Observed transactions lie in an array of their own, so that a fold reads them in place; everything else is rare.
public struct WalletHistory: Sendable {
    /// The wallet.
    public let wallet: WalletKey
    private var tellings: [Telling] = []
    private var index = SubjectIndex()
    /// Observed transactions. Those that no longer count are empty and in no order.
    private(set) var transactions: [TransactionObserved] = []
    private var keys: [TransactionKey] = []
    private var others: [Event.Body] = []

    /// A wallet without events.
    public init(wallet: WalletKey) { self.wallet = wallet }

    /// Number of subjects.
    public var count: Int { tellings.count }

    /// The winning event of each subject, in no order.
    public var events: some Collection<RecordedEvent> { tellings.lazy.map { $0.recorded(body: body(at: $0.place)) } }

    /// Makes room for a history whose size is known.
    public mutating func reserveCapacity(_ count: Int) {
        tellings.reserveCapacity(count)
        index.reserveCapacity(count)
        transactions.reserveCapacity(count)
        keys.reserveCapacity(count)
    }

    /// Adds a telling; true when it is the one that counts now. Any order of calls leads to the same set.
    @discardableResult
    public mutating func insert(_ recorded: RecordedEvent) -> Bool {
        if case .transactionObserved(let transaction) = recorded.event.body {
            return insert(transaction, as: recorded)
        }
        guard let known = place(orReserve: EventSubject(of: recorded.event.body)) else {
            tellings.append(Telling(recorded, place: append(recorded.event.body)))
            return true
        }
        guard tellings[known].isReplaced(by: recorded) else { return false }
        var place = tellings[known].place
        switch place {
        case .transaction(let index):
            transactions[Int(index)].legs = []
            place = append(recorded.event.body)
        case .other(let index): others[Int(index)] = recorded.event.body
        }
        tellings[known] = Telling(recorded, place: place)
        return true
    }

    private mutating func insert(_ transaction: TransactionObserved, as recorded: RecordedEvent) -> Bool {
        guard let known = place(orReserve: EventSubject(transaction: transaction.identity)) else {
            tellings.append(Telling(recorded, place: append(transaction)))
            return true
        }
        guard tellings[known].isReplaced(by: recorded) else { return false }
        var place = tellings[known].place
        switch place {
        case .transaction(let index):
            keys[Int(index)] = TransactionKey(transaction)
            transactions[Int(index)] = transaction
        case .other: place = append(transaction)
        }
        tellings[known] = Telling(recorded, place: place)
        return true
    }

    private mutating func append(_ transaction: TransactionObserved) -> Telling.Place {
        keys.append(TransactionKey(transaction))
        transactions.append(transaction)
        return .transaction(Int32(transactions.count - 1))
    }

    private mutating func append(_ body: Event.Body) -> Telling.Place {
        others.append(body)
        return .other(Int32(others.count - 1))
    }
}

extension WalletHistory {
    /// Calls one closure for each observed transaction that counts, with its key and index, the other for the rest.
    func forEach(transaction: (TransactionKey, Int32) -> Void, other: (Event.Body) -> Void) {
        for telling in tellings {
            switch telling.place {
            case .transaction(let index): transaction(keys[Int(index)], index)
            case .other(let index): other(others[Int(index)])
            }
        }
    }

    /// The hash or id of an observed transaction.
    func subject(ofTransaction index: Int32) -> [UInt8] { transactions[Int(index)].identity.subject }

    /// Index of the observed transaction with this hash or id; nil when none counts.
    func transactionIndex(ofSubject name: [UInt8]) -> Int32? {
        let subject = EventSubject(transaction: TransactionIdentity(hash: name))
        guard let known = index.place(of: subject, isSame: { isSubject(subject, of: $0) }),
            case .transaction(let index) = tellings[known].place
        else { return nil }
        return index
    }

    private mutating func place(orReserve subject: EventSubject) -> Int? {
        // The index is taken out while it looks at the tellings.
        var index = SubjectIndex()
        swap(&index, &self.index)
        defer { swap(&index, &self.index) }
        return index.place(orReserve: subject, count: tellings.count) { isSubject(subject, of: $0) }
    }

    private func isSubject(_ subject: EventSubject, of telling: Int) -> Bool {
        switch tellings[telling].place {
        case .transaction(let index):
            subject.family == .transaction && subject.name == transactions[Int(index)].identity.subject
        case .other(let index): subject == EventSubject(of: others[Int(index)])
        }
    }

    private func body(at place: Telling.Place) -> Event.Body {
        switch place {
        case .transaction(let index): .transactionObserved(transactions[Int(index)])
        case .other(let index): others[Int(index)]
        }
    }
}

/// Everything of a recorded event but what it says.
private struct Telling {
    /// Where what it says lies.
    enum Place {
        case transaction(Int32)
        case other(Int32)
    }

    let place: Place
    private let rank: TellingRank
    private let payload: LogPosition?
    private let position: LogPosition
    private let recordedAt: Int64
    private let source: String

    init(_ recorded: RecordedEvent, place: Place) {
        self.place = place
        rank = recorded.event.rank
        payload = recorded.event.payload
        position = recorded.position
        recordedAt = recorded.recordedAt
        source = recorded.source
    }

    /// Whether another telling of the same subject counts instead (I3).
    func isReplaced(by other: RecordedEvent) -> Bool {
        if rank != other.event.rank { return rank < other.event.rank }
        // The same telling may lie in the log more than once: its first place is the one that is kept.
        return other.position.offset < position.offset
    }

    func recorded(body: Event.Body) -> RecordedEvent {
        RecordedEvent(
            event: Event(body: body, revision: rank.revision, digest: rank.digest, payload: payload),
            position: position,
            recordedAt: recordedAt, source: source)
    }
}
