public import Events

/// The set of a wallet's events: of each subject the winning telling (I3).
public struct WalletHistory: Sendable {
    /// The wallet.
    public let wallet: WalletKey
    private var winners: [EventSubject: RecordedEvent] = [:]

    /// A wallet without events.
    public init(wallet: WalletKey) { self.wallet = wallet }

    /// Number of subjects.
    public var count: Int { winners.count }

    /// The winning event of each subject, in no order.
    public var events: some Collection<RecordedEvent> { winners.values }

    /// Adds a telling; true when it is the one that counts now. Any order of calls leads to the same set.
    @discardableResult
    public mutating func insert(_ recorded: RecordedEvent) -> Bool {
        let subject = EventSubject(of: recorded.event.body)
        if let known = winners[subject] {
            // The same telling may lie in the log more than once: its first place is the one that is kept.
            let isSame = known.event.revision == recorded.event.revision && known.event.digest == recorded.event.digest
            if isSame ? known.position.offset <= recorded.position.offset : !recorded.event.supersedes(known.event) {
                return false
            }
        }
        winners[subject] = recorded
        return true
    }
}
