import Events
import FoundationEssentials
import Postgres
import ReadModels
import Runtime
import Synchronization

/// One import as the only service of the process, so that a signal ends it between two batches.
final class ImportService: Service {
    /// How an import ended.
    struct Outcome: Sendable {
        var summary = ImportSummary()
        /// Why it did not come to its end; nil when it did.
        var failure: IngestError?
    }

    let name = "import"
    let completes = true
    private let arguments: ImportArguments
    private let database: PostgresConfiguration
    private let place: LogPlace
    private let limits: ImportLimits
    private let logger: Logger
    private let state = Mutex(Outcome())

    init(
        _ arguments: ImportArguments, database: PostgresConfiguration, place: LogPlace, limits: ImportLimits,
        logger: Logger
    ) {
        (self.arguments, self.database, self.place) = (arguments, database, place)
        (self.limits, self.logger) = (limits, logger)
    }

    /// What there is to say, once the process has stopped.
    var outcome: Outcome { state.withLock { $0 } }

    func run(until stop: StopFlag) throws {
        do {
            try importFiles(until: stop)
        } catch {
            let failure = IngestError(describing: error)
            state.withLock { $0.failure = failure }
        }
    }

    /// A name that tells an operator which process it is, and that no other process ever has.
    static func makeOwner() -> String {
        let process = ProcessInfo.processInfo
        return "ingest on \(process.hostName), process \(process.processIdentifier), run "
            + String(UInt64.random(in: 0...UInt64.max), radix: 16)
    }

    private func importFiles(until stop: StopFlag) throws {
        let connection = PostgresConnection(lazily: database)
        defer { connection.close() }
        let progress = ImportProgress()
        defer { progress.finish() }
        let importer = Importer(
            request: try arguments.request(), log: try place.open(database),
            projected: BaseSchema(connection: connection), owner: Self.makeOwner(), wallClock: .system,
            retry: RetryPolicy(limits: limits, clock: .system, stop: stop, logger: logger),
            report: progress.update)
        let survey = try importer.survey()
        state.withLock { $0.summary = ImportSummary(survey, of: importer.request) }
        let start = try DatabaseStart.liveGeneration(of: database) { stop.wait(milliseconds: $0) }
        guard start != nil else { throw IngestError(.stopped, "stopped while waiting for the database") }
        try importer.run(survey) { tallies in
            state.withLock { $0.summary.wallets.merge(tallies) { _, later in later } }
        }
        state.withLock { $0.summary.isComplete = true }
    }
}

/// The progress line of an import, which its closures share.
private final class ImportProgress {
    private var line: ProgressLine? = ProgressLine()

    func update(_ text: String) { line?.update(text) }

    func finish() { line.take()?.finish("") }
}

extension IngestError {
    /// What an error of a lower layer means to whoever ran the command.
    init(describing error: any Error) {
        switch error {
        case let error as IngestError: self = error
        case let error as LogError where error.code == .unavailable: self.init(.unavailable, "the log: \(error)")
        case let error as LogError where error.code == .mismatch:
            self.init(.refused, "the log is missing or another one: \(error); run `projector migrate`")
        case let error as PostgresError where error.isConnectionLoss || error.isRetriable:
            self.init(.unavailable, "the database: \(error)")
        default: self.init(.refused, "\(error)")
        }
    }
}
