/// A blocking connection. Not Sendable: it belongs to one thread, or to one actor with a thread of its own.
///
/// When the connection is lost, the call under way throws and the next one outside a transaction connects anew,
/// prepares its statements again and listens to the same channels.
public final class PostgresConnection {
    let session: Session
    private var parameters = ParameterBuffer()
    private(set) var isInTransaction = false
    private(set) var channels: [String] = []

    /// Connects; throws `connectionFailed`.
    public convenience init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        self.init(lazily: configuration)
        try session.open()
    }

    /// Connects with the first call.
    public init(lazily configuration: PostgresConfiguration) {
        session = Session(configuration)
        session.onOpen = { [unowned self] handle throws(PostgresError) in
            for channel in channels { try handle.execute("LISTEN \(Self.quoted(channel))") }
        }
    }

    /// How it was configured.
    public var configuration: PostgresConfiguration { session.configuration }

    /// The server's process that serves this connection; nil while there is none.
    public var backendIdentifier: Int32? { session.backendIdentifier }

    /// Closes for good; later calls throw `closed`.
    public func close() { session.close() }

    /// Runs one or more statements without parameters; their rows are dropped. Meant for DDL and settings.
    public func execute(_ statements: String) throws(PostgresError) {
        try perform { handle throws(PostgresError) in try handle.execute(statements) }
    }

    /// Runs a statement without keeping it prepared.
    public func query(_ text: String, _ values: [PostgresValue] = []) throws(PostgresError) -> ResultSet {
        try parameters.encode(values)
        return try perform { handle throws(PostgresError) in
            try handle.send(text, &parameters)
            return try handle.lastResult()
        }
    }

    /// Runs a statement, prepared on its first use in a session with the types of these values.
    public func query(
        _ statement: PostgresStatement, _ values: [PostgresValue] = []
    ) throws(PostgresError) -> ResultSet {
        try parameters.encode(values)
        return try perform { handle throws(PostgresError) in
            if !session.isPrepared(statement) {
                try handle.sendPreparation(of: statement, &parameters)
                _ = try handle.lastResult()
                session.notePrepared(statement)
            }
            try handle.send(statement, &parameters)
            return try handle.lastResult()
        }
    }

    /// Runs `body` in a transaction and commits it.
    ///
    /// What `body` throws is thrown after a rollback. `commitUnknown` says that the connection broke during the COMMIT:
    /// the caller reads whether it happened. Every other `PostgresError` means that nothing did.
    public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try begin()
        let value: Value
        do {
            value = try body()
        } catch {
            rollback()
            throw error
        }
        try commit()
        return value
    }

    /// Opens a transaction; throws `closed` within one.
    public func begin() throws(PostgresError) {
        guard !isInTransaction else { throw PostgresError(.closed, "a transaction is open already") }
        try execute("BEGIN")
        isInTransaction = true
    }

    /// Commits; on any failure but `commitUnknown` nothing of the transaction has happened.
    public func commit() throws(PostgresError) {
        guard isInTransaction else { throw PostgresError(.closed, "no transaction is open") }
        defer { isInTransaction = false }
        let wasConnected = session.isConnected
        let result: ResultSet
        do {
            result = try query("COMMIT")
        } catch {
            guard wasConnected, error.code == .connectionLost else { throw error }
            throw PostgresError(.commitUnknown, error.message, sqlState: error.sqlState)
        }
        // The server answers the COMMIT of a failed transaction with a rollback and no error.
        guard result.commandTag == "COMMIT" else {
            throw PostgresError(.server, "the transaction had failed and was rolled back", sqlState: "25P02")
        }
    }

    /// Rolls back. A connection on which even that fails is dropped, and so the server rolls back by itself.
    public func rollback() {
        guard isInTransaction else { return }
        do {
            try execute("ROLLBACK")
        } catch {
            session.drop()
        }
        isInTransaction = false
    }

    func addChannel(_ channel: String) {
        if !channels.contains(channel) { channels.append(channel) }
    }

    /// Lends the connection; within a transaction a lost one is not replaced, since its first half is gone.
    func perform<Value>(
        _ body: (borrowing ConnectionHandle) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        if isInTransaction, !session.isConnected {
            throw PostgresError(.connectionLost, "the connection was lost within the transaction")
        }
        return try session.perform(body)
    }
}
