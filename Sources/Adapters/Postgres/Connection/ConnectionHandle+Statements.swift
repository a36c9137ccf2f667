import CPostgres

/// Statements out, answers in.
extension ConnectionHandle {
    /// One step of the server's answer.
    enum Answer {
        case rows(ResultSet)
        case failure(PostgresError)
        /// In a pipeline: not run, because a statement before it failed.
        case skipped
        /// The end of a round.
        case synchronisation
    }

    /// Sends statements without parameters.
    func send(_ statements: String) throws(PostgresError) {
        guard unsafe PQsendQuery(pointer, statements) == 1 else { throw loss() }
    }

    /// Sends a statement that is not kept prepared.
    func send(_ text: String, _ parameters: inout ParameterBuffer) throws(PostgresError) {
        let wasSent = parameters.withArguments { arguments in
            unsafe PQsendQueryParams(
                pointer, text, arguments.count, arguments.types, arguments.values, arguments.lengths,
                arguments.formats, 1)
        }
        guard wasSent == 1 else { throw loss() }
    }

    /// Asks the server to keep a statement prepared, for parameters of these types.
    func sendPreparation(
        of statement: PostgresStatement, _ parameters: inout ParameterBuffer
    ) throws(PostgresError) {
        let wasSent = parameters.withArguments { arguments in
            unsafe PQsendPrepare(pointer, statement.name, statement.text, arguments.count, arguments.types)
        }
        guard wasSent == 1 else { throw loss() }
    }

    /// Sends a prepared statement.
    func send(_ statement: PostgresStatement, _ parameters: inout ParameterBuffer) throws(PostgresError) {
        let wasSent = parameters.withArguments { arguments in
            unsafe PQsendQueryPrepared(
                pointer, statement.name, arguments.count, arguments.values, arguments.lengths, arguments.formats, 1)
        }
        guard wasSent == 1 else { throw loss() }
    }

    /// Runs statements in one round trip; their rows are dropped.
    func execute(_ statements: String) throws(PostgresError) {
        try send(statements)
        _ = try lastResult()
    }

    /// The next step of the answer, or nil at the end of a statement's. Blocks outside non-blocking mode.
    func nextAnswer() -> Answer? {
        guard let result = unsafe PQgetResult(pointer) else { return nil }
        let status = unsafe PQresultStatus(result)
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return unsafe .rows(ResultSet(adopting: result))
        default:
            defer { unsafe PQclear(result) }
            if status == PGRES_PIPELINE_ABORTED { return .skipped }
            if status == PGRES_PIPELINE_SYNC { return .synchronisation }
            return .failure(unsafe error(of: result, status))
        }
    }

    /// Reads to the end of the statement under way; throws its first failure.
    func lastResult() throws(PostgresError) -> ResultSet {
        var last: ResultSet?
        var failure: PostgresError?
        while let answer = nextAnswer() {
            switch answer {
            case .rows(let rows): last = rows
            case .failure(let error) where error.code != .unexpectedShape: failure = failure ?? error
            case .failure, .skipped, .synchronisation:
                // A COPY outside `copyIn` would be reported again and again: only a new connection ends it.
                throw PostgresError(.connectionLost, "the statement began a COPY: the connection was dropped")
            }
        }
        if let failure { throw failure }
        guard let last else { throw loss() }
        return last
    }

    /// What the server, or libpq in its place, says in a result of a failure.
    func error(of result: OpaquePointer, _ status: ExecStatusType) -> PostgresError {
        guard let state = unsafe pnl_result_sqlstate(result) else {
            if isBroken { return loss() }
            return PostgresError(
                .unexpectedShape, unsafe "the server answered with \(String(cString: PQresStatus(status)))")
        }
        let sqlState = unsafe String(cString: state)
        let primary = unsafe pnl_result_primary_message(result).map { unsafe String(cString: $0) } ?? ""
        let constraint = unsafe pnl_result_constraint(result).map { unsafe String(cString: $0) }
        let isLoss = isBroken || PostgresError.endsSession(sqlState)
        return PostgresError(
            isLoss ? .connectionLost : .server,
            PostgresError.safeMessage(sqlState: sqlState, primary: primary, constraint: constraint),
            sqlState: sqlState)
    }
}
