import Events

/// What the log already tells of some wallets: per subject the telling that counts (I2).
struct KnownSubjects {
    private struct Telling {
        var revision: UInt64
        var digest: Digest
        var isObserved: Bool
    }

    /// What to do with a telling.
    enum Decision: Hashable {
        /// Nothing is known of the subject: append it as revision 1.
        case new
        /// The content differs from what is known: append it with this revision.
        case changed(revision: UInt64)
        /// The log says the same already.
        case known
        /// It could not be decoded, but the log has a good telling, which a refusal must not supersede.
        case goodOneKept
    }

    private var tellings: [WalletKey: [SubjectKey: Telling]] = [:]

    /// Whether events of this kind have subjects that an import tells of.
    static func concerns(_ kind: EventKind) -> Bool {
        switch kind {
        case .transactionObserved, .transactionRetracted, .transactionRefused, .priceObserved, .coverageRecorded: true
        default: false
        }
    }

    /// Takes note of an event of the log, in whatever order they come.
    mutating func note(_ event: Event, of wallet: WalletKey) {
        note(
            SubjectKey(EventSubject(of: event.body)), revision: event.revision, digest: event.digest,
            isObserved: event.body.kind == .transactionObserved, of: wallet)
    }

    /// Takes note of what was just appended.
    mutating func note(_ event: PendingEvent) {
        note(
            event.subject, revision: event.revision, digest: event.digest,
            isObserved: event.body.kind == .transactionObserved, of: event.wallet)
    }

    private mutating func note(
        _ subject: SubjectKey, revision: UInt64, digest: Digest, isObserved: Bool, of wallet: WalletKey
    ) {
        if let known = tellings[wallet]?[subject],
            known.revision > revision || known.revision == revision && known.digest >= digest
        {
            return
        }
        tellings[wallet, default: [:]][subject] = Telling(revision: revision, digest: digest, isObserved: isObserved)
    }

    /// Compares a telling with what is known.
    func decision(
        on subject: SubjectKey, digest: Digest, kind: EventKind, of wallet: WalletKey
    ) -> Decision {
        guard let known = tellings[wallet]?[subject] else { return .new }
        if known.digest == digest { return .known }
        if kind == .transactionRefused, known.isObserved { return .goodOneKept }
        // Nobody gets here by counting from 1, but a foreign appender may have written any number: it stays.
        return known.revision == .max ? .known : .changed(revision: known.revision + 1)
    }
}
