import Events
import JSON
import Runtime

/// Imports recorded pages or ledgers, and prices, into the log.
///
/// Two passes: the first decodes every file and appends nothing, so that a bad file among many leaves no trace; the
/// second goes through the partitions concerned, one at a time: takes the lease, completes what is known of its
/// wallets, and appends what is new or changed. Memory holds one file, the prices, what is known of the wallets of one
/// partition, and some 40 bytes for each transaction of the files.
struct Importer {
    let request: ImportRequest
    let log: any EventLog
    let projected: any ProjectedEvents
    /// A name that no other process has.
    let owner: String
    let wallClock: WallClock
    let retry: RetryPolicy
    /// Told now and then how far it is, for people.
    let report: (String) -> Void

    /// Imports what the survey found. Calls `record` with what became of the wallets of each partition, also when it
    /// then throws: `IngestError`, or what log and database say.
    func run(_ survey: ImportSurvey, record: ([WalletKey: ImportTally]) -> Void) throws {
        let count = try retry.attempt { try log.partitionCount(of: .walletTransactions) }
        let wallets = Dictionary(grouping: survey.wallets.keys) { wallet in
            Partitioner.partition(forKey: wallet.logKey, count: count)
        }
        guard !wallets.isEmpty else { return }
        let ownership = try log.makeOwnership(group: HeldPartition.group)
        defer { ownership.close() }
        let logAppender = try log.makeAppender()
        defer { logAppender.close() }
        let appender = StreamAppender(logAppender, retry: retry, wallClock: wallClock)
        for (partition, wallets) in wallets.sorted(by: { $0.key < $1.key }) {
            try importPartition(partition, wallets.sorted(), survey, ownership, appender, record)
        }
    }

    /// Begins anew when the lease ran out: what was acknowledged until then is known by now.
    private func importPartition(
        _ partition: Int32, _ wallets: [WalletKey], _ survey: ImportSurvey, _ ownership: any PartitionOwnership,
        _ appender: StreamAppender, _ record: ([WalletKey: ImportTally]) -> Void
    ) throws {
        var tallies: [WalletKey: ImportTally] = [:]
        defer { record(tallies) }
        var attempt = 1
        while true {
            let held = try HeldPartition(partition, ownership: ownership, owner: owner, retry: retry)
            defer { held.release() }
            report("reading what is known of \(wallets.count) wallets in partition \(partition)")
            let loader = KnowledgeLoader(
                log: log, projected: projected, logger: retry.logger, keepLease: held.keep)
            do {
                let known = try retry.attempt { try loader.load(wallets, partition: partition) }
                var work = PartitionImport(appender: appender, held: held, known: known)
                defer {
                    tallies = tallies.merging(work.tallies) { earlier, later in later.continued(after: earlier) }
                }
                return try append(wallets, survey, &work)
            } catch let error as IngestError where error.code == .leaseLost && attempt < retry.limits.leaseAttempts {
                attempt += 1
                retry.logger.warning(
                    "A lease ran out, beginning anew",
                    [.logPartition: .number(partition), .attempt: .number(attempt)])
            }
        }
    }

    /// Decodes every file. Throws `unreadableInput` that names each file that is none, and where.
    func survey() throws(IngestError) -> ImportSurvey {
        var faults: [String] = []
        var survey = ImportSurvey(prices: PriceMatcher(try readPrices(&faults)))
        var reader = try FileReader(request)
        let paths = request.files.pages
        for (index, path) in paths.enumerated() {
            if retry.stop.isRaised { throw IngestError(.stopped, "stopped before anything was appended") }
            report("reading \(index + 1) of \(paths.count) \(request.format.noun)s")
            do throws(IngestError) {
                survey.note(try reader.read(path), file: index, path: path)
            } catch {
                guard error.code == .unreadableInput, faults.count < Self.maximumFaultCount else { throw error }
                faults.append(error.description)
            }
        }
        guard faults.isEmpty else { throw IngestError(.unreadableInput, faults.joined(separator: "\n")) }
        return survey
    }

    private static let maximumFaultCount = 20

    private func readPrices(_ faults: inout [String]) throws(IngestError) -> [RecordedPrice] {
        var prices: [RecordedPrice] = []
        guard !request.files.prices.isEmpty else { return prices }
        var parser: JSONParser
        do { parser = try JSONParser(maximumByteCount: ZerionDecoder.maximumPageByteCount) } catch {
            throw IngestError(.unavailable, "\(error)")
        }
        for path in request.files.prices {
            do {
                let text = try InputFiles.read(path, sparing: JSONDocument.paddingByteCount)
                prices += try RecordedPrice.list(in: text, parser: &parser)
            } catch let error as PageError {
                faults.append("\(path): \(error)")
            } catch {
                faults.append("\(error)")
            }
        }
        return prices
    }

    /// Transactions, then prices, then coverage: each acknowledged before the next begins.
    private func append(_ wallets: [WalletKey], _ survey: ImportSurvey, _ work: inout PartitionImport) throws {
        let indices = Set(wallets.flatMap { survey.wallets[$0]?.files ?? [] }).sorted()
        let ours = Set(wallets)
        var reader = try FileReader(request)
        for (done, index) in indices.enumerated() {
            report("importing \(request.format.noun) \(done + 1) of \(indices.count) of \(wallets.count) wallets")
            let file = try reader.read(request.files.pages[index])
            for (record, telling) in file.tellings.enumerated() {
                guard let wallet = telling.stream, ours.contains(wallet) else { continue }
                let place = ImportSurvey.Place(
                    file: Int32(truncatingIfNeeded: index), record: Int32(truncatingIfNeeded: record),
                    isObserved: telling.outcome.isObserved)
                guard survey.wallets[wallet]?.tells(telling.outcome, at: place) == true else { continue }
                try work.take(telling, of: wallet, source: request.format.source)
            }
        }
        try work.flush()
        for wallet in wallets {
            for price in survey.observations(for: wallet) { try work.take(price, of: wallet) }
        }
        try work.flush()
        for wallet in wallets {
            if let told = survey.wallets[wallet] { try work.take(coverageOf: wallet, told) }
        }
        try work.flush()
    }
}
