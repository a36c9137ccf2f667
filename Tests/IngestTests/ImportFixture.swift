import Events
import Foundation
import Runtime
import Synchronization

@testable import Ingest

/// Files in a directory of their own, imported into a log in memory.
final class ImportFixture {
    let log = InMemoryLog()
    let stop = StopFlag()
    var limits = ImportLimits()
    /// The projector has taken in what lies before these offsets of each partition.
    var projectedOffset: Int64 = 0
    /// Every look at the clock finds that much later.
    var clockStepMicroseconds: Int64 = 0
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "ingest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        limits.firstPauseMilliseconds = 0
        limits.maximumPauseMilliseconds = 0
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func write(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: directory.appending(path: name)) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: directory.appending(path: name)) }

    /// Imports the directory, or one file of it.
    @discardableResult
    func run(
        _ name: String? = nil, prices: String? = nil, format: InputFormat = .zerion,
        defaults: PageDefaults = PageDefaults(), skipsBadRows: Bool = false
    ) throws -> ImportSummary {
        let step = clockStepMicroseconds
        let now = Mutex<Int64>(0)
        let clock = MonotonicClock {
            now.withLock {
                $0 += step; return $0
            }
        }
        let path = { (name: String) in self.directory.appending(path: name).path }
        let request = ImportRequest(
            files: try InputFiles([name.map(path) ?? directory.path], prices: prices.map(path), format: format),
            format: format, defaults: defaults, skipsBadRows: skipsBadRows)
        let importer = Importer(
            request: request, log: log, projected: ProjectedPrefix(log: log, offset: projectedOffset), owner: "me",
            wallClock: WallClock { 1_000_000 },
            retry: RetryPolicy(
                limits: limits, clock: clock, stop: stop,
                logger: Logger(service: "test", level: .error)),
            report: { _ in })
        let survey = try importer.survey()
        var summary = ImportSummary(survey, of: request)
        try importer.run(survey) { tallies in summary.wallets.merge(tallies) { _, later in later } }
        summary.isComplete = true
        return summary
    }

    /// What lies in the log about wallets, decoded, in the order of each partition.
    func events() throws -> [(record: LogRecord, event: Event)] {
        let decoder = EventDecoder()
        return try log.stored(.walletTransactions).map { stored in
            (stored.record, try decoder.decode(kind: stored.record.kind, stored.record.value.span.bytes))
        }
    }

    /// What a projector makes of the log: of each subject of each wallet the telling that wins.
    func folded() throws -> [[UInt8]: [EventSubject: Event]] {
        try events().reduce(into: [:]) { folded, one in
            let subject = EventSubject(of: one.event.body)
            if let known = folded[one.record.key]?[subject], !one.event.supersedes(known) { return }
            folded[one.record.key, default: [:]][subject] = one.event
        }
    }
}

/// What a projector has made addressable that has read each partition up to an offset.
struct ProjectedPrefix: ProjectedEvents {
    let log: InMemoryLog
    let offset: Int64

    func nextOffset(ofPartition partition: Int32) throws -> Int64 { offset }

    func forEachEvent(of wallets: [WalletKey], _ body: (WalletKey, UInt8, ArraySlice<UInt8>) throws -> Void) throws {
        for wallet in wallets {
            for stored in log.stored(.walletTransactions)
            where stored.record.key == wallet.logKey && stored.position.offset < offset {
                try body(wallet, stored.record.kind.rawValue, stored.record.value[...])
            }
        }
    }

    func wallets(mentioning bytes: [UInt8]) throws -> [WalletKey] {
        let keys = log.stored(.walletTransactions)
            .filter { $0.position.offset < offset && $0.record.value.contains(bytes) }.map(\.record.key)
        return Set(keys).compactMap { WalletKey(logKey: $0[...]) }
    }
}
