import Postgres
import ReadModels
import Runtime

/// A question that waits for a database thread.
struct PendingQuestion: Sendable {
    let question: Question
    /// When it was asked, monotonic microseconds.
    let askedAt: Int64
}

/// One connection and the loop that owns it: takes everything that waits as one round trip. Confined to its thread.
struct LaneThread {
    private let lane: ReadLane
    private var pipeline: PostgresPipeline
    private var generation: Generation?
    private var statements: [String: PostgresStatement] = [:]
    /// Statements that a session keeps prepared; a list has one for each set of filters, and a client chooses those.
    private static let maximumStatementCount = 512
    /// Nothing is tried before, monotonic microseconds: set after a failed attempt, so that requests fail at once.
    private var notBefore: Int64 = 0
    private var failures = 0

    init(lane: ReadLane) {
        self.lane = lane
        pipeline = PostgresPipeline(lazily: lane.connection)
    }

    /// Returns when the queue is finished and drained.
    mutating func run() {
        while let batch = lane.queue.nextBatch(
            maximumCount: lane.kind.roundCount, timeoutMilliseconds: ReadLane.probeIntervalMilliseconds)
        {
            if batch.isEmpty { _ = refreshGeneration() } else { serve(batch) }
        }
        pipeline.close()
    }

    private mutating func serve(_ batch: [PendingQuestion]) {
        let oldest = lane.clock.nowMicroseconds() - Int64(lane.limits.requestTimeoutMilliseconds) * 1000
        var questions: [Question] = []
        for pending in batch {
            if lane.rounds.isClosed {
                lane.land(pending.question, Finding(.stopping))
            } else if pending.askedAt < oldest {
                lane.land(pending.question, Finding(.overloaded))
            } else {
                questions.append(pending.question)
            }
        }
        // A second time after a flip of the generation, or on a new connection when the old one was found broken.
        for isLastAttempt in [false, true] where !questions.isEmpty {
            questions = ask(questions, isLastAttempt: isLastAttempt)
        }
    }

    /// One round; answers what it can and returns what has to be asked again.
    private mutating func ask(_ questions: [Question], isLastAttempt: Bool) -> [Question] {
        if generation == nil, let problem = refreshGeneration() {
            for question in questions { lane.land(question, Finding(problem)) }
            return []
        }
        guard let generation else { return questions }
        forgetStatementsIfMany()
        let requests = questions.map { PipelineRequest(statement($0.statement, of: generation), $0.values) }
        let started = lane.clock.nowMicroseconds()
        guard let results = lane.rounds.run(on: pipeline.backendIdentifier, { pipeline.submit(requests) }) else {
            for question in questions { lane.land(question, Finding(.stopping)) }
            return []
        }
        let duration = lane.clock.nowMicroseconds() - started
        lane.metrics.rounds.increment()
        lane.metrics.roundDuration.observe(microseconds: duration)
        let wasTooLong = duration >= Int64(lane.limits.roundTimeoutMilliseconds) * 1000
        var again: [Question] = []
        var wasReached = false
        for (question, result) in zip(questions, results) {
            switch (outcome(of: result, for: question, in: generation), isLastAttempt) {
            case (.finding(let finding), _):
                wasReached = true
                lane.land(question, finding)
            case (.away, _) where wasTooLong:
                // The database was there and took its time: asked again, it would take as much.
                lane.land(question, Finding(.timeout))
            case (.away, true): lane.land(question, Finding(.databaseUnavailable))
            case (.otherGeneration, true):
                lane.land(question, Finding(APIError(.timeout, "the generation is being changed")))
            case (.away, false), (.otherGeneration, false): again.append(question)
            }
        }
        if wasReached { noteSuccess() }
        if !again.isEmpty || !wasReached { self.generation = nil }
        return again
    }

    private enum Outcome {
        case finding(Finding)
        case otherGeneration
        case away
    }

    private func outcome(
        of result: Result<ResultSet, PostgresError>, for question: Question, in generation: Generation
    ) -> Outcome {
        do {
            let rows = try result.get()
            guard rows.rowCount > 0, try rows.int64(row: 0, column: 0) == Int64(generation.number) else {
                return .otherGeneration
            }
            let projected = ProjectedOffsets(
                column: rows.isNull(row: 0, column: 1) ? nil : try rows.text(row: 0, column: 1))
            return .finding(
                Finding(lane.guarded(question.purpose) { try question.answer(rows, generation) }, projected: projected))
        } catch {
            if error.isConnectionLoss { return .away }
            switch error.sqlState {
            case "42P01", "3F000": return .otherGeneration  // no such table or schema: it was dropped
            case "57014": return .finding(Finding(lane.rounds.isClosed ? .stopping : .timeout))
            default: return .finding(Finding(lane.internalError(question.purpose, error)))
            }
        }
    }

    /// A new connection forgets what it has prepared.
    private mutating func forgetStatementsIfMany() {
        guard statements.count >= Self.maximumStatementCount else { return }
        statements = [:]
        pipeline.close()
        pipeline = PostgresPipeline(lazily: lane.connection)
    }

    private mutating func statement(_ statement: ReadStatement, of generation: Generation) -> PostgresStatement {
        if let known = statements[statement.name] { return known }
        let made = statement.statement(for: generation)
        statements[statement.name] = made
        return made
    }

    /// Asks which generation is live; also the probe of an idle connection. Returns why nothing can be read.
    private mutating func refreshGeneration() -> APIError? {
        guard lane.clock.nowMicroseconds() >= notBefore else { return .databaseUnavailable }
        do {
            let results = pipeline.submit([LiveGenerationReading.request])
            guard let rows = try results.first?.get() else { return .databaseUnavailable }
            let live = try LiveGenerationReading.generation(rows)
            let isSupported = live?.identity.layoutVersion == GenerationIdentity.currentLayoutVersion
            lane.health.noteGeneration(live, isSupported: isSupported)
            noteSuccess()
            guard let live, isSupported else {
                generation = nil
                return APIError(.generationUnsupported, "the live generation cannot be read by this build")
            }
            if live != generation {
                statements = [:]
                generation = live
            }
            return nil
        } catch {
            noteFailure(error)
            return .databaseUnavailable
        }
    }

    private mutating func noteSuccess() {
        if failures > 0 { lane.logger.info("Database is back", [.attempt: .number(failures)]) }
        failures = 0
        notBefore = 0
        lane.health.noteSuccess(now: lane.clock.nowMicroseconds())
    }

    private mutating func noteFailure(_ error: any Error) {
        generation = nil
        let now = lane.clock.nowMicroseconds()
        lane.health.noteFailure(now: now)
        if failures == 0 { lane.logger.error("Database is away", [.error: .failure(error)]) }
        notBefore = now + Int64(min(100 << min(failures, 10), lane.limits.maximumBackoffMilliseconds)) * 1000
        failures += 1
    }
}
