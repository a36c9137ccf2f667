import Postgres
import Runtime

/// Bounds of reading.
struct ReadLimits: Sendable {
    /// Questions that may wait for a lane's threads; more are refused with 503.
    var queueCapacity = 1024
    /// Longest wait for a thread, and longest run of a statement.
    var requestTimeoutMilliseconds = 10_000
    /// Longest pause between two attempts to reach the database.
    var maximumBackoffMilliseconds = 1_000

    /// Longest wait for the answers of a round: the server ends each of its statements before.
    var roundTimeoutMilliseconds: Int { requestTimeoutMilliseconds + 2_000 }
}

/// The questions of one kind and the threads that answer them, each with a connection of its own.
final class ReadLane: Sendable {
    /// An idle connection is asked this often, so that readiness and the live generation are known without requests.
    static let probeIntervalMilliseconds = 1_000

    /// A stop has the statements cancelled that still run after this time, and again each time it has passed.
    private static let cancelIntervalMilliseconds = 100

    let kind: Question.Lane
    let queue: BoundedQueue<PendingQuestion>
    let rounds = RunningRounds()
    let connection: PostgresConfiguration
    let limits: ReadLimits
    let health: DatabaseHealth
    let metrics: LaneMetrics
    let logger: Logger
    let clock = MonotonicClock.system
    private let flights = Flights()

    init(
        connection: PostgresConfiguration, limits: ReadLimits, health: DatabaseHealth, metrics: MetricsRegistry,
        lane: Question.Lane, logger: Logger
    ) {
        kind = lane
        queue = BoundedQueue(capacity: limits.queueCapacity)
        var connection = connection
        connection.applicationName = "query-api \(lane.rawValue)"
        connection.statementTimeoutMilliseconds = limits.requestTimeoutMilliseconds
        connection.roundTimeoutMilliseconds = limits.roundTimeoutMilliseconds
        connection.connectTimeoutMilliseconds = 2_000
        connection.sessionSettings["plan_cache_mode"] = lane.planCacheMode
        // The threads keep their own time between attempts, so that requests are refused at once meanwhile.
        connection.firstBackoffMilliseconds = 0
        self.connection = connection
        self.limits = limits
        self.health = health
        self.logger = logger.with(.stage, .text(lane.rawValue))
        self.metrics = LaneMetrics(metrics, lane: lane, queue: queue)
    }

    /// Asks a question without blocking; the waiter is called on any thread, at once when too many wait.
    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter) {
        guard flights.join(question.key, waiter) else { return }
        if !queue.offer(PendingQuestion(question: question, askedAt: clock.nowMicroseconds())) {
            metrics.refusals.increment()
            land(question, Finding(rounds.isClosed ? .stopping : .overloaded))
        }
    }

    /// Starts one thread.
    func startThread(number: Int) throws(RuntimeError) -> NamedThread {
        try NamedThread(name: "read-\(number)") { [self] in
            var thread = LaneThread(lane: self)
            thread.run()
        }
    }

    /// Answers what waits that the service is stopping, ends what runs, and takes nothing more. The threads end then.
    func close() {
        rounds.close()
        queue.finish()
        var backends = rounds.backends(afterMilliseconds: Self.cancelIntervalMilliseconds)
        guard !backends.isEmpty else { return }
        let pipeline = PostgresPipeline(lazily: connection)
        defer { pipeline.close() }
        // A round that has begun may not have reached the server yet, so one attempt may come too early.
        while !backends.isEmpty {
            let results = pipeline.submit(backends.map { PipelineRequest(Self.cancellation, [.int32($0)]) })
            // Without a connection the rounds end at their own time limit.
            guard results.contains(where: { (try? $0.get()) != nil }) else { return }
            backends = rounds.backends(afterMilliseconds: Self.cancelIntervalMilliseconds)
        }
    }

    private static let cancellation = PostgresStatement(
        name: "cancel_backend", "SELECT pg_cancel_backend($1::integer)")

    func land(_ question: Question, _ finding: Finding) { flights.land(question.key, finding) }

    /// Runs what makes an answer; whatever is no `APIError` is logged and answered 500.
    func guarded(_ purpose: String, _ body: () throws -> Answer) -> Result<Answer, APIError> {
        do {
            return .success(try body())
        } catch let error as APIError {
            return .failure(error)
        } catch {
            return .failure(internalError(purpose, error))
        }
    }

    /// Logs what went wrong and returns what the client may know of it: the id under which it is logged.
    func internalError(_ purpose: String, _ error: any Error) -> APIError {
        let identifier = String(UInt64.random(in: .min ... .max), radix: 16)
        logger.error(
            "Request failed",
            [.httpRoute: .text(purpose), .error: .failure(error), .traceIdentifier: .text(identifier)])
        var answer = APIError(.internalError, "the request could not be answered")
        answer.identifier = identifier
        return answer
    }
}

/// What a lane counts.
struct LaneMetrics: Sendable {
    let rounds: Counter
    let roundDuration: Histogram
    let refusals: Counter

    init(_ registry: MetricsRegistry, lane: Question.Lane, queue: BoundedQueue<PendingQuestion>) {
        let name = lane.rawValue
        rounds = registry.counter(
            "query_api_database_rounds_total", help: "Round trips to the database.", labels: ["lane": name])
        roundDuration = registry.histogram(
            "query_api_database_round_duration_seconds", help: "Round trips to the database.", labels: ["lane": name])
        refusals = registry.counter(
            "query_api_refused_requests_total", help: "Requests refused because too many waited.",
            labels: ["lane": name])
        registry.gauge(
            "query_api_queue_length", help: "Questions that wait for a database thread.", labels: ["lane": name]
        ) { Int64(queue.count) }
    }
}
