import Accounting
import Postgres
import ReadModels
import Runtime
import Synchronization

/// The lanes and their threads: waits for the database at start and refuses a generation it cannot read.
final class ReadService: Service, QuestionAsker {
    /// How many threads a lane has.
    struct Threads: Sendable {
        var fast = 2
        var slow = 2
    }

    /// Why the service does not start.
    struct StartError: Error, CustomStringConvertible {
        let description: String
    }

    let name = "reads"
    let health = DatabaseHealth()
    private let fast: ReadLane
    private let slow: ReadLane
    private let threadCounts: Threads
    private let startTimeoutMilliseconds: Int
    private let logger: Logger
    private let threads = Mutex<[NamedThread]>([])
    private let partitions = Atomic<Int32>(0)

    init(
        connection: PostgresConfiguration, limits: ReadLimits, threads: Threads, startTimeoutMilliseconds: Int,
        metrics: MetricsRegistry, logger: Logger
    ) {
        fast = ReadLane(
            connection: connection, limits: limits, health: health, metrics: metrics, lane: .fast, logger: logger)
        slow = ReadLane(
            connection: connection, limits: limits, health: health, metrics: metrics, lane: .slow, logger: logger)
        threadCounts = threads
        self.startTimeoutMilliseconds = startTimeoutMilliseconds
        self.logger = logger
    }

    /// Partitions of `wallet-transactions`, known once the service has started.
    var partitionCount: Int32 { partitions.load(ordering: .acquiring) }

    /// Asks without blocking.
    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter) {
        lane(of: question).ask(question, waiter)
    }

    private func lane(of question: Question) -> ReadLane {
        switch question.lane {
        case .fast: fast
        case .slow: slow
        }
    }

    func start(until stop: StopFlag) throws {
        try awaitDatabase(until: stop)
        for number in 0..<threadCounts.fast { try start(on: fast, number: number) }
        for number in 0..<threadCounts.slow { try start(on: slow, number: threadCounts.fast + number) }
    }

    func close() {
        slow.close()
        fast.close()
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
    }

    private func start(on lane: ReadLane, number: Int) throws {
        let thread = try lane.startThread(number: number)
        threads.withLock { $0.append(thread) }
    }

    /// Every service waits for the database, so that they can be started in any order (design.md, First start).
    private func awaitDatabase(until stop: StopFlag) throws {
        let clock = MonotonicClock.system
        let deadline = clock.nowMicroseconds() + Int64(startTimeoutMilliseconds) * 1000
        let pipeline = PostgresPipeline(lazily: fast.connection)
        defer { pipeline.close() }
        var hasWarned = false
        while !stop.isRaised {
            do throws(PostgresError) {
                return try check(pipeline)
            } catch {
                guard error.isRetriable, clock.nowMicroseconds() < deadline else { throw explanation(of: error) }
                if !hasWarned { logger.warning("Waiting for the database", [.error: .failure(error)]) }
                hasWarned = true
                stop.wait(milliseconds: 200)
            }
        }
        throw StartError(description: "stopped while waiting for the database")
    }

    private func check(_ pipeline: PostgresPipeline) throws(PostgresError) {
        let results = pipeline.submit([LiveGenerationReading.request])
        guard let rows = try results.first?.get(), let live = try LiveGenerationReading.generation(rows),
            let count = try LiveGenerationReading.partitionCount(rows)
        else { throw PostgresError(.unexpectedShape, "the database has no live generation") }
        guard live.identity.layoutVersion == GenerationIdentity.currentLayoutVersion else {
            throw PostgresError(
                .unexpectedShape,
                "the live generation \(live.number) is \(live.identity), this build reads layout "
                    + "\(GenerationIdentity.currentLayoutVersion)")
        }
        partitions.store(count, ordering: .releasing)
        health.noteGeneration(live, isSupported: true)
        health.noteSuccess(now: MonotonicClock.system.nowMicroseconds())
        logger.info(
            "Database reached",
            [.generation: .number(live.number), .ruleSet: .text(live.identity.ruleSet.description)])
    }

    /// Says which command helps: a database without our tables, or with those of another version.
    private func explanation(of error: PostgresError) -> any Error {
        let isMissing = ["42P01", "3F000"].contains(error.sqlState)
        guard isMissing || error.code == .unexpectedShape else { return error }
        return StartError(
            description: "\(isMissing ? "the tables are missing" : error.message): run `projector migrate`")
    }
}
