import CPostgres

/// A statement to send in a round.
public struct PipelineRequest: Sendable {
    /// The statement, prepared on its first use in a session.
    public var statement: PostgresStatement
    /// Its parameters.
    public var values: [PostgresValue]

    /// A statement to send in a round.
    public init(_ statement: PostgresStatement, _ values: [PostgresValue] = []) {
        self.statement = statement
        self.values = values
    }
}

/// A connection in pipeline mode: all that waits goes out in one round trip. Not Sendable: it belongs to one thread.
///
/// Sends never block on a server that itself waits to be read (manual, 34.5): the socket is non-blocking, and what
/// arrives is taken in while anything is left to send.
public final class PostgresPipeline {
    private let session: Session
    private var parameters = ParameterBuffer()
    private static let begin = PostgresStatement(name: "begin", "BEGIN")
    private static let commit = PostgresStatement(name: "commit", "COMMIT")
    private static let rollback = PostgresStatement(name: "rollback", "ROLLBACK")
    /// Most statements between two synchronisation points, which bounds what the server holds ready for us.
    public static let maximumRequestsInFlight = 256

    /// What became of a request in a round.
    enum Outcome {
        case done(ResultSet)
        case failed(PostgresError)
        /// Not run, because a statement before it failed.
        case skipped
    }

    /// What the server will answer, in order.
    private enum Expectation {
        case preparation(request: Int)
        case request(Int)
        case synchronisation
    }

    /// Connects with the first round.
    public init(lazily configuration: PostgresConfiguration) {
        session = Session(configuration)
        session.onOpen = { handle throws(PostgresError) in
            guard unsafe PQsetnonblocking(handle.pointer, 1) == 0, unsafe PQenterPipelineMode(handle.pointer) == 1
            else { throw handle.loss() }
        }
    }

    /// Connects; throws `connectionFailed`.
    public convenience init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        self.init(lazily: configuration)
        try session.open()
    }

    /// The server's process that serves this connection; nil while there is none.
    public var backendIdentifier: Int32? { session.backendIdentifier }

    /// Closes for good; later rounds fail with `closed`.
    public func close() { session.close() }

    /// Sends independent reads together and returns what became of each, in order.
    ///
    /// A failure ends the server's work on the rest of its round, so what was skipped is sent once more, each request
    /// on its own: hence only statements that may run twice. Each sees its own snapshot.
    public func submit(_ requests: [PipelineRequest]) -> [Result<ResultSet, PostgresError>] {
        var results: [Result<ResultSet, PostgresError>] = []
        results.reserveCapacity(requests.count)
        var start = 0
        while start < requests.count {
            let end = min(start + Self.maximumRequestsInFlight, requests.count)
            results.append(contentsOf: submitChunk(requests[start..<end]))
            start = end
        }
        return results
    }

    /// Runs statements as one transaction in one round trip; all of them happen or none.
    ///
    /// Throws what failed first. `commitUnknown` when the connection broke after the COMMIT was sent.
    public func transaction(_ requests: [PipelineRequest]) throws(PostgresError) -> [ResultSet] {
        precondition(requests.count + 2 <= Self.maximumRequestsInFlight, "a transaction is one round")
        let framed = [PipelineRequest(Self.begin)] + requests + [PipelineRequest(Self.commit)]
        let outcomes: [Outcome]
        do {
            outcomes = try round(framed[...], synchronisesEach: false)
        } catch {
            guard error.code == .connectionLost else { throw error }
            // The COMMIT went out with everything else.
            throw PostgresError(.commitUnknown, error.message, sqlState: error.sqlState)
        }
        var results: [ResultSet] = []
        for outcome in outcomes {
            switch outcome {
            case .done(let result): results.append(result)
            case .failed(let error):
                try endFailedTransaction()
                throw error
            case .skipped: throw PostgresError(.unexpectedShape, "a statement was skipped without a failure before it")
            }
        }
        guard results.last?.commandTag == "COMMIT" else {
            throw PostgresError(.unexpectedShape, "the COMMIT of a transaction without failure did not happen")
        }
        return Array(results[1..<(results.count - 1)])
    }

    private func endFailedTransaction() throws(PostgresError) {
        // Dropping the connection rolls back as well.
        let outcomes = try? round([PipelineRequest(Self.rollback)], synchronisesEach: false)
        if case .done? = outcomes?.first { return }
        session.drop()
    }

    private func submitChunk(_ requests: ArraySlice<PipelineRequest>) -> [Result<ResultSet, PostgresError>] {
        do {
            var outcomes = try round(requests, synchronisesEach: false)
            if let firstSkipped = outcomes.firstIndex(where: { if case .skipped = $0 { true } else { false } }) {
                let rest = requests[(requests.startIndex + firstSkipped)...]
                outcomes.replaceSubrange(firstSkipped..., with: try round(rest, synchronisesEach: true))
            }
            return outcomes.map { outcome in
                switch outcome {
                case .done(let result): .success(result)
                case .failed(let error): .failure(error)
                case .skipped: .failure(PostgresError(.unexpectedShape, "a statement of its own was skipped"))
                }
            }
        } catch {
            return requests.map { _ in .failure(error) }
        }
    }

    /// One round trip; throws when the connection fails or a value cannot be sent.
    private func round(
        _ requests: ArraySlice<PipelineRequest>, synchronisesEach: Bool
    ) throws(PostgresError) -> [Outcome] {
        do throws(PostgresError) {
            return try session.perform { handle throws(PostgresError) in
                let expectations = try send(requests, synchronisesEach: synchronisesEach, on: handle)
                return try receive(expectations, of: requests, on: handle)
            }
        } catch {
            // Half a round is in the pipeline: only a new connection is in a known state.
            session.drop()
            throw error
        }
    }
}

extension PostgresPipeline {
    private func send(
        _ requests: ArraySlice<PipelineRequest>, synchronisesEach: Bool, on handle: borrowing ConnectionHandle
    ) throws(PostgresError) -> [Expectation] {
        var expectations: [Expectation] = []
        var announced: Set<String> = []
        for (index, request) in requests.enumerated() {
            try parameters.encode(request.values)
            let statement = request.statement
            if !session.isPrepared(statement), announced.insert(statement.name).inserted {
                try handle.sendPreparation(of: statement, &parameters)
                expectations.append(.preparation(request: index))
            }
            try handle.send(statement, &parameters)
            expectations.append(.request(index))
            if synchronisesEach || index == requests.count - 1 {
                guard unsafe PQpipelineSync(handle.pointer) == 1 else { throw handle.loss() }
                expectations.append(.synchronisation)
            }
        }
        return expectations
    }

    private func receive(
        _ expectations: [Expectation], of requests: ArraySlice<PipelineRequest>, on handle: borrowing ConnectionHandle
    ) throws(PostgresError) -> [Outcome] {
        let deadline = MonotonicTime.deadline(afterMilliseconds: session.configuration.roundTimeoutMilliseconds)
        var outcomes = [Outcome](repeating: .skipped, count: requests.count)
        var failedPreparations: [String: PostgresError] = [:]
        for expectation in expectations {
            switch expectation {
            case .synchronisation:
                try handle.awaitAnswer(untilMilliseconds: deadline)
                guard case .synchronisation? = handle.nextAnswer() else { throw handle.loss() }
            case .preparation(let index):
                let statement = requests[requests.startIndex + index].statement
                switch try outcome(on: handle, until: deadline) {
                case .done: session.notePrepared(statement)
                case .failed(let error):
                    outcomes[index] = .failed(error)
                    failedPreparations[statement.name] = error
                case .skipped: break
                }
            case .request(let index):
                let name = requests[requests.startIndex + index].statement.name
                switch (try outcome(on: handle, until: deadline), failedPreparations[name]) {
                case (.failed, let error?): outcomes[index] = .failed(error)  // "does not exist": say why
                case (.skipped, _): break
                case (let outcome, _): outcomes[index] = outcome
                }
            }
        }
        return outcomes
    }

    /// Reads one statement's answer to its end.
    private func outcome(on handle: borrowing ConnectionHandle, until deadline: Int64) throws(PostgresError) -> Outcome
    {
        var outcome: Outcome?
        while true {
            try handle.awaitAnswer(untilMilliseconds: deadline)
            guard let answer = handle.nextAnswer() else { break }
            switch answer {
            case .rows(let rows): outcome = .done(rows)
            case .skipped: outcome = .skipped
            case .failure(let error):
                guard !error.isConnectionLoss else { throw error }
                outcome = .failed(error)
            case .synchronisation: throw handle.loss()
            }
        }
        guard let outcome else { throw handle.loss() }
        return outcome
    }
}
