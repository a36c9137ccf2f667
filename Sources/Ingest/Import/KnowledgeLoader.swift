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
    private static let recordsAtOnce = 2_000
    private static let bytesAtOnce = 4 << 20
    private static let eventsBetweenRenewals = 1_000

    /// What the log tells of the wallets, which all lie in the partition.
    func load(_ wallets: [WalletKey], partition: Int32) throws -> KnownSubjects {
        var known = KnownSubjects()
        let decoder = EventDecoder()
        // Read before the events: what base takes in meanwhile is then read twice, and nothing is missed.
        let start = try projected.nextOffset(ofPartition: partition)
        for first in stride(from: 0, to: wallets.count, by: Self.walletsAtOnce) {
            let group = Array(wallets[first..<min(first + Self.walletsAtOnce, wallets.count)])
            var count = 0
            try projected.forEachEvent(of: group) { wallet, kind, value in
                if count % Self.eventsBetweenRenewals == 0 { try keepLease() }
                count += 1
                note(kind: kind, value, of: wallet, decoder, &known)
            }
        }
        try readTail(of: wallets, partition: partition, from: start, decoder, &known)
        return known
    }

    private func readTail(
        of wallets: [WalletKey], partition: Int32, from start: Int64, _ decoder: EventDecoder,
        _ known: inout KnownSubjects
    ) throws {
        let reader = try log.makeReader()
        defer { reader.close() }
        let keys = Dictionary(uniqueKeysWithValues: wallets.map { ($0.logKey[...], $0) })
        let end = try reader.endOffsets(of: .walletTransactions)[Int(partition)]
        var position = LogPosition(topic: .walletTransactions, partition: partition, offset: start)
        var batch = RecordBatch()
        while position.offset < end {
            try keepLease()
            batch.removeAll()
            try reader.read(
                from: [position], maximumCount: Self.recordsAtOnce, maximumByteCount: Self.bytesAtOnce, into: &batch)
            guard let last = batch.entries.last else { return }
            for entry in batch.entries {
                guard let wallet = keys[batch.key(of: entry)] else { continue }
                note(kind: entry.kind, batch.value(of: entry), of: wallet, decoder, &known)
            }
            position.offset = last.position.offset + 1
        }
    }

    private func note(
        kind number: UInt8, _ value: ArraySlice<UInt8>, of wallet: WalletKey, _ decoder: EventDecoder,
        _ known: inout KnownSubjects
    ) {
        guard let kind = EventKind(rawValue: number), KnownSubjects.concerns(kind) else { return }
        do {
            known.note(try decoder.decode(kind: kind, value.span.bytes), of: wallet)
        } catch {
            // It parks its wallet in the projector (I6); a revision beside it does no harm.
            logger.warning(
                "An event in the log cannot be decoded", [.wallet: .text(wallet.text), .error: .failure(error)])
        }
    }
}
