public import Events

/// The set of a wallet's events: of each subject the winning telling (I3).
public struct WalletHistory: Sendable {
    /// The wallet.
    public let wallet: WalletKey
    /// Winners in the order in which their subjects first came; nothing may depend on that order.
    private(set) var records: [RecordedEvent] = []
    private var index = SubjectIndex()

    /// A wallet without events.
    public init(wallet: WalletKey) { self.wallet = wallet }

    /// Number of subjects.
    public var count: Int { records.count }

    /// The winning event of each subject, in no order.
    public var events: some Collection<RecordedEvent> { records }

    /// Makes room for a history whose size is known.
    public mutating func reserveCapacity(_ count: Int) {
        records.reserveCapacity(count)
        index.reserveCapacity(count)
    }

    /// Adds a telling; true when it is the one that counts now. Any order of calls leads to the same set.
    @discardableResult
    public mutating func insert(_ recorded: consuming RecordedEvent) -> Bool {
        guard let place = index.place(orReserve: EventSubject(of: recorded.event.body), in: records) else {
            records.append(recorded)
            return true
        }
        guard Self.replaces(recorded, records[place]) else { return false }
        records[place] = recorded
        return true
    }

    private static func replaces(_ recorded: borrowing RecordedEvent, _ known: borrowing RecordedEvent) -> Bool {
        // The same telling may lie in the log more than once: its first place is the one that is kept.
        if recorded.event.revision == known.event.revision, recorded.event.digest == known.event.digest {
            return recorded.position.offset < known.position.offset
        }
        return recorded.event.supersedes(known.event)
    }
}

extension WalletHistory {
    /// The hash or id of the transaction that `records[index]` observed.
    func subject(ofTransaction index: Int32) -> [UInt8] {
        guard case .transactionObserved(let transaction) = records[Int(index)].event.body else { return [] }
        return transaction.identity.subject
    }

    /// Index of the winning telling about the transaction with this hash or id; nil when nothing was told.
    func transactionIndex(ofSubject subject: [UInt8]) -> Int32? {
        let subject = EventSubject(transaction: TransactionIdentity(hash: subject))
        return index.place(of: subject, in: records).map { Int32($0) }
    }
}
