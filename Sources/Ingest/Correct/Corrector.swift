import Events
import Runtime

/// Appends a correction to the streams it concerns, each under the lease of its partition: nobody else appends between
/// the look at what is known and the append (I2).
struct Corrector {
    /// What was appended.
    struct Outcome {
        /// The id under which it can be undone.
        var command = ""
        /// Where the event of each wallet lies.
        var appended: [WalletKey: LogPosition] = [:]
        /// Wallets whose streams have it already.
        var known: [WalletKey] = []
        /// Wallets of many that another correction keeps from it, each with the reason.
        var conflicts: [String] = []
    }

    let log: any EventLog
    let projected: any ProjectedEvents
    /// A name that no other process has.
    let owner: String
    let wallClock: WallClock
    let retry: RetryPolicy

    /// Who corrections come from.
    static let source = "correction"

    /// The wallets that a request concerns. Throws `invalidCorrection` when there are none.
    func wallets(of request: CorrectionRequest) throws -> [WalletKey] {
        let chain: Chain?
        switch request.scope {
        case .wallet(let wallet): return [wallet]
        case .everywhere(let only): chain = only
        }
        let mention: [UInt8]
        switch request.change {
        case .make(let target): mention = target.asset.address?.bytes ?? []
        case .undo(let command): mention = Array(command.utf8)
        }
        let found = try retry.attempt { try search(mention) }
        return found.filter { chain == nil || $0.chain == chain }.sorted()
    }

    private func search(_ mention: [UInt8]) throws -> Set<WalletKey> {
        guard !mention.isEmpty else { return [] }
        // Where base ends is asked first: what it takes in meanwhile is then seen twice, and nothing is missed.
        let starts = try (0..<log.partitionCount(of: .walletTransactions)).map(projected.nextOffset)
        var found = Set(try projected.wallets(mentioning: mention))
        for (partition, start) in starts.enumerated() {
            try LogTail(log: log, keepLease: {}).forEachRecord(
                ofPartition: Int32(partition), from: start
            ) { _, key, value in
                if value.contains(mention), let wallet = WalletKey(logKey: key) { found.insert(wallet) }
            }
        }
        return found
    }

    /// Appends where it is missing. Of one wallet a conflict is thrown, of many it is reported beside the others.
    func correct(_ request: CorrectionRequest, _ wallets: [WalletKey], newCommand: String) throws -> Outcome {
        let count = try retry.attempt { try log.partitionCount(of: .walletTransactions) }
        var partitions = Dictionary(grouping: wallets) { Partitioner.partition(forKey: $0.logKey, count: count) }
        var plan = CorrectionPlan(request: request, command: newCommand)
        if case .everywhere = request.scope {
            let begun = try survey(&partitions, request, plan.asset)
            guard !partitions.isEmpty else { throw noWallet(request) }
            if let begun { plan = CorrectionPlan(request: request, command: begun) }
        }
        var outcome = Outcome()
        outcome.command = plan.command
        let ownership = try log.makeOwnership(group: HeldPartition.group)
        defer { ownership.close() }
        let appender = try log.makeAppender()
        defer { appender.close() }
        let streamAppender = StreamAppender(appender, retry: retry, wallClock: wallClock)
        for (partition, wallets) in partitions.sorted(by: { $0.key < $1.key }) {
            let held = try HeldPartition(partition, ownership: ownership, owner: owner, retry: retry)
            defer { held.release() }
            let streams = try load(wallets, of: partition, asset: plan.asset, keepLease: held.keep)
            for wallet in wallets.sorted() {
                guard let stream = streams[wallet] else { continue }
                try append(plan, to: stream, of: wallet, held, streamAppender, &outcome)
            }
        }
        if case .undo(let command) = request.change, outcome.appended.isEmpty, outcome.conflicts.isEmpty {
            throw IngestError(correction: "correction \(command) is undone already")
        }
        return outcome
    }

    private func append(
        _ plan: CorrectionPlan, to stream: CorrectableWallet, of wallet: WalletKey, _ held: HeldPartition,
        _ appender: StreamAppender, _ outcome: inout Outcome
    ) throws {
        let body: Event.Body?
        do throws(IngestError) {
            body = try plan.body(for: stream, named: wallet.text)
        } catch {
            guard case .everywhere = plan.request.scope else { throw error }
            outcome.conflicts.append(error.description)
            return
        }
        guard let body else {
            outcome.known.append(wallet)
            return
        }
        if case .correctionUndone(let undoing) = body { outcome.command = undoing.command }
        if retry.stop.isRaised { throw IngestError(.stopped, "stopped before the end") }
        try held.keep()
        let event = PendingEvent(
            wallet: wallet, subject: SubjectKey(EventSubject(of: body)), body: body, revision: 1,
            digest: appender.contentDigest(of: body), payload: nil, source: Self.source)
        outcome.appended[wallet] = try appender.append([event]).first
    }

    private func load(
        _ wallets: [WalletKey], of partition: Int32, asset: AssetName?, keepLease: @escaping () throws -> Void
    ) throws -> [WalletKey: CorrectableWallet] {
        let loader = KnowledgeLoader(log: log, projected: projected, logger: retry.logger, keepLease: keepLease)
        return try retry.attempt {
            var streams = Dictionary(uniqueKeysWithValues: wallets.map { ($0, CorrectableWallet(asset: asset)) })
            try loader.forEachEvent(of: wallets, partition: partition, where: CorrectableWallet.concerns) {
                streams[$1]?.note($0)
            }
            return streams
        }
    }

    /// Leaves the wallets that are really concerned, and returns the command of an earlier run, if any. One partition
    /// is in memory at a time, and no lease is held: what is decided is looked at again under the lease.
    private func survey(
        _ partitions: inout [Int32: [WalletKey]], _ request: CorrectionRequest, _ asset: AssetName?
    ) throws -> String? {
        var begun: String?
        for (partition, wallets) in partitions {
            let streams = try load(wallets, of: partition, asset: asset, keepLease: {})
                .filter { isConcerned($0.value, by: request) }
            partitions[partition] = streams.isEmpty ? nil : Array(streams.keys)
            let found = begunCommand(request, streams.values)
            begun = [begun, found].compactMap(\.self).min()
        }
        return begun
    }

    /// A mention is not yet a movement: an address may be a sender's, a command's id part of a reason.
    private func isConcerned(_ stream: CorrectableWallet, by request: CorrectionRequest) -> Bool {
        switch request.change {
        case .make: stream.hasToken
        case .undo(let command): stream.correction(madeBy: command) != nil
        }
    }

    /// What an earlier run that did not come to its end, or did not know of these wallets yet, has begun.
    private func begunCommand(
        _ request: CorrectionRequest, _ streams: some Collection<CorrectableWallet>
    ) -> String? {
        guard case .make(let target) = request.change else { return nil }
        return streams.lazy.flatMap(\.standing).filter { correction in
            correction.command.hasPrefix(CorrectionPlan.everywherePrefix) && correction.value == target.value
                && target.concerns(correction)
        }.map(\.command).min()
    }

    private func noWallet(_ request: CorrectionRequest) -> IngestError {
        switch request.change {
        case .make: IngestError(correction: "no wallet's history has this token")
        case .undo(let command):
            IngestError(correction: "no correction \(command) was made, so there is nothing to undo")
        }
    }
}
