import Events
import Runtime

/// Completes what is known of the wallets of one partition, whose lease is held: from `base`, then from the log between
/// base's offset and the partition's end (I2). A lagging projector costs time here, never a wrong revision.
struct KnowledgeLoader {
    let log: any EventLog
    let projected: any ProjectedEvents
    let logger: Logger
    /// Renews the lease when that is due: a long history takes longer to read than a lease lasts.
    let keepLease: () throws -> Void

    private static let walletsAtOnce = 16
    private static let eventsBetweenRenewals = 1_000

    /// What the log tells of the wallets' subjects; they all lie in the partition.
    func load(_ wallets: [WalletKey], partition: Int32) throws -> KnownSubjects {
        var known = KnownSubjects()
        try forEachEvent(of: wallets, partition: partition, where: KnownSubjects.concerns) { known.note($0, of: $1) }
        return known
    }

    /// Calls `body` with the wallets' events of the kinds asked for, which may come more than once and in any order.
    func forEachEvent(
        of wallets: [WalletKey], partition: Int32, where isWanted: (EventKind) -> Bool,
        _ body: (Event, WalletKey) -> Void
    ) throws {
        let decoder = EventDecoder()
        func visit(_ kind: UInt8, _ value: ArraySlice<UInt8>, _ wallet: WalletKey) {
            guard let kind = EventKind(rawValue: kind), isWanted(kind) else { return }
            decode(kind, value, of: wallet, decoder, body)
        }
        // Read before the events: what base takes in meanwhile is then read twice, and nothing is missed.
        let start = try projected.nextOffset(ofPartition: partition)
        for first in stride(from: 0, to: wallets.count, by: Self.walletsAtOnce) {
            let group = Array(wallets[first..<min(first + Self.walletsAtOnce, wallets.count)])
            var count = 0
            try projected.forEachEvent(of: group) { wallet, kind, value in
                if count % Self.eventsBetweenRenewals == 0 { try keepLease() }
                count += 1
                visit(kind, value, wallet)
            }
        }
        try readTail(of: wallets, partition: partition, from: start, visit)
    }

    private func readTail(
        of wallets: [WalletKey], partition: Int32, from start: Int64,
        _ visit: (UInt8, ArraySlice<UInt8>, WalletKey) -> Void
    ) throws {
        let keys = Dictionary(uniqueKeysWithValues: wallets.map { ($0.logKey[...], $0) })
        let tail = LogTail(log: log, keepLease: keepLease)
        try tail.forEachRecord(ofPartition: partition, from: start) { kind, key, value in
            if let wallet = keys[key] { visit(kind, value, wallet) }
        }
    }

    private func decode(
        _ kind: EventKind, _ value: ArraySlice<UInt8>, of wallet: WalletKey, _ decoder: EventDecoder,
        _ body: (Event, WalletKey) -> Void
    ) {
        do {
            body(try decoder.decode(kind: kind, value.span.bytes), wallet)
        } catch {
            // It parks its wallet in the projector (I6); a revision beside it does no harm.
            logger.warning(
                "An event in the log cannot be decoded", [.wallet: .text(wallet.text), .error: .failure(error)])
        }
    }
}
