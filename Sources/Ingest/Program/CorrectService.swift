import Events
import Postgres
import ReadModels
import Runtime
import Synchronization

/// One correction as the only service of the process, so that a signal ends its waiting.
final class CorrectService: Service {
    /// How it ended.
    struct Outcome: Sendable {
        var report = CorrectionReport()
        /// Why it did not come to its end; nil when it did.
        var failure: IngestError?
    }

    let name = "correct"
    let completes = true
    private let request: CorrectionRequest
    private let database: PostgresConfiguration
    private let place: LogPlace
    private let limits: ImportLimits
    private let waitMilliseconds: Int
    private let logger: Logger
    private let state = Mutex(Outcome())

    private static let pollMilliseconds = 50
    /// The search for wallets reads every stored chunk, which takes longer than a statement of a service may.
    private static let searchTimeoutMilliseconds = 600_000

    init(
        _ request: CorrectionRequest, database: PostgresConfiguration, place: LogPlace, limits: ImportLimits,
        waitMilliseconds: Int, logger: Logger
    ) {
        var database = database
        database.statementTimeoutMilliseconds = Self.searchTimeoutMilliseconds
        (self.request, self.database, self.place, self.limits) = (request, database, place, limits)
        (self.waitMilliseconds, self.logger) = (waitMilliseconds, logger)
    }

    /// What there is to say, once the process has stopped.
    var outcome: Outcome { state.withLock { $0 } }

    func run(until stop: StopFlag) throws {
        do {
            try correct(until: stop)
        } catch {
            let failure = IngestError(describing: error)
            state.withLock { $0.failure = failure }
        }
    }

    private func correct(until stop: StopFlag) throws {
        let start = try DatabaseStart.liveGeneration(of: database) { stop.wait(milliseconds: $0) }
        guard start != nil else { throw IngestError(.stopped, "stopped while waiting for the database") }
        let connection = PostgresConnection(lazily: database)
        defer { connection.close() }
        let corrector = Corrector(
            log: try place.open(database), projected: BaseSchema(connection: connection),
            owner: ImportService.makeOwner(),
            wallClock: .system,
            retry: RetryPolicy(limits: limits, clock: .system, stop: stop, logger: logger))
        let live = LiveFigures(connection: connection)
        let wallets = try corrector.wallets(of: request)
        let shown = wallets.prefix(CorrectionReport.shownWalletCount * 2)
        let token = CorrectionPlan(request: request, command: "").asset
        let before = try shown.map { try live.figures(of: $0, token: token) }
        let outcome = try corrector.correct(request, wallets, newCommand: Self.newCommand(for: request))
        state.withLock { state in
            state.report.command = outcome.command
            state.report.appendedCount = outcome.appended.count
            state.report.knownCount = outcome.known.count
            state.report.conflicts = outcome.conflicts
            state.report.isPending = true
        }
        let isProjected = try wait(for: Array(outcome.appended.values), live, stop)
        let rows = try zip(shown, before).filter { outcome.appended[$0.0] != nil }.map { wallet, before in
            CorrectionReport.Wallet(
                wallet: wallet, before: before,
                after: isProjected ? try live.figures(of: wallet, token: token) : nil)
        }
        state.withLock { state in
            state.report.isPending = !isProjected
            state.report.wallets = Array(rows.prefix(CorrectionReport.shownWalletCount))
        }
    }

    private func wait(for positions: [LogPosition], _ live: LiveFigures, _ stop: StopFlag) throws -> Bool {
        let deadline = MonotonicClock.system.nowMicroseconds() + Int64(waitMilliseconds) * 1_000
        while true {
            if try live.contains(positions) { return true }
            guard MonotonicClock.system.nowMicroseconds() < deadline else { return false }
            if stop.wait(milliseconds: Self.pollMilliseconds) { return false }
        }
    }

    /// An id that no other command has.
    private static func newCommand(for request: CorrectionRequest) -> String {
        let number = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        if case .everywhere = request.scope { return CorrectionPlan.everywherePrefix + number }
        return "correction-" + number
    }
}
