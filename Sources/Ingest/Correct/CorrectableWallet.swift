import Events

/// What a wallet's stream says about a token and about its corrections: what a correction is checked against. Of each
/// subject the winning telling counts, in whatever order they come.
struct CorrectableWallet {
    private struct Telling {
        var revision: UInt64
        var digest: Digest
        /// Nil when it is refused or retracted, or moves nothing of the token.
        var transaction: TransactionObserved?
    }

    /// The token asked for; nil: none, transactions are only counted.
    private let asset: AssetName?
    private var tellings: [SubjectKey: Telling] = [:]
    private var corrections: [SubjectKey: Event] = [:]

    init(asset: AssetName?) { self.asset = asset }

    /// The kinds of events that it takes note of.
    static func concerns(_ kind: EventKind) -> Bool {
        switch kind {
        case .transactionObserved, .transactionRefused, .transactionRetracted, .correctionMade, .correctionUndone: true
        default: false
        }
    }

    /// Takes note of an event of those kinds.
    mutating func note(_ event: Event) {
        let subject = SubjectKey(EventSubject(of: event.body))
        switch event.body {
        case .correctionMade, .correctionUndone:
            if corrections[subject].map({ event.rank > $0.rank }) ?? true { corrections[subject] = event }
        default:
            if let known = tellings[subject],
                known.revision > event.revision || known.revision == event.revision && known.digest >= event.digest
            {
                return
            }
            tellings[subject] = Telling(
                revision: event.revision, digest: event.digest, transaction: relevant(event.body))
        }
    }

    private func relevant(_ body: Event.Body) -> TransactionObserved? {
        guard let asset, case .transactionObserved(let transaction) = body else { return nil }
        let moves = transaction.legs.contains { $0.asset.isSame(as: asset) }
        return moves || transaction.fee?.asset.isSame(as: asset) == true ? transaction : nil
    }

    /// Whether anything is known of the wallet.
    var isKnown: Bool { !tellings.isEmpty }

    /// Whether a transaction moves the token.
    var hasToken: Bool { tellings.values.contains { $0.transaction != nil } }

    /// The transaction of that hash or id, if it moves the token.
    func transaction(_ name: [UInt8]) -> TransactionObserved? {
        tellings[SubjectKey(EventSubject(transaction: TransactionIdentity(hash: name)))]?.transaction
    }

    /// The correction that a command made; nil when it made none.
    func correction(madeBy command: String) -> Correction? { made.first { $0.command == command } }

    /// The command that undid another; nil when none did.
    func command(undoing command: String) -> String? { undone[command] }

    /// Corrections that count.
    var standing: [Correction] {
        let undone = undone
        return made.filter { undone[$0.command] == nil }.sorted { $0.command < $1.command }
    }

    private var made: [Correction] {
        corrections.values.compactMap { event in
            if case .correctionMade(let correction) = event.body { correction } else { nil }
        }
    }

    private var undone: [String: String] {
        corrections.values.reduce(into: [:]) { undone, event in
            guard case .correctionUndone(let correction) = event.body, let command = correction.undoes else { return }
            undone[command] = correction.command
        }
    }
}
