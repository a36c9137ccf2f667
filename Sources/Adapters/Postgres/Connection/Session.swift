import Glibc

/// One session with the server: opened when it is needed, opened again after a loss, with the statements it keeps
/// prepared. Not Sendable: whoever holds it confines it to one thread.
final class Session {
    let configuration: PostgresConfiguration
    private var handle: ConnectionHandle?
    private(set) var preparedStatements: Set<String> = []
    /// Runs on each new connection before anything else does.
    var onOpen: (borrowing ConnectionHandle) throws(PostgresError) -> Void = { _ in }
    private var isClosed = false
    private var failedAttempts = 0

    init(_ configuration: PostgresConfiguration) { self.configuration = configuration }

    /// Whether there is a connection that nobody has found broken yet.
    var isConnected: Bool {
        switch handle {
        case .some: true
        case .none: false
        }
    }

    /// The process id of the server's side; nil while there is none.
    var backendIdentifier: Int32? {
        switch handle {
        case .some(let handle): handle.backendIdentifier
        case .none: nil
        }
    }

    private var isBroken: Bool {
        switch handle {
        case .some(let handle): handle.isBroken
        case .none: false
        }
    }

    /// Opens the connection if there is none. After a failed attempt the next one first waits its turn.
    func open() throws(PostgresError) {
        guard !isClosed else { throw PostgresError(.closed, "the connection was closed") }
        guard !isConnected else { return }
        waitForTurn()
        do throws(PostgresError) {
            let opened = try ConnectionHandle(configuration)
            try onOpen(opened)
            handle = consume opened
            failedAttempts = 0
        } catch {
            failedAttempts += 1
            throw error
        }
    }

    /// Lends the open connection. A connection found broken afterwards is dropped; the next call opens another.
    func perform<Value>(
        _ body: (borrowing ConnectionHandle) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        try open()
        do throws(PostgresError) {
            switch handle {
            case .some(let handle): return try body(handle)
            case .none: throw PostgresError(.closed, "the connection was closed")
            }
        } catch {
            if error.isConnectionLoss || isBroken { drop() }
            throw error
        }
    }

    /// Whether the session keeps the statement prepared already.
    func isPrepared(_ statement: PostgresStatement) -> Bool { preparedStatements.contains(statement.name) }

    /// Remembers a statement the server has accepted.
    func notePrepared(_ statement: PostgresStatement) { preparedStatements.insert(statement.name) }

    /// Closes the connection without saying goodbye to what was under way; the server rolls it back.
    func drop() {
        handle = nil
        preparedStatements.removeAll()
    }

    /// Closes for good.
    func close() {
        isClosed = true
        drop()
    }

    private func waitForTurn() {
        guard failedAttempts > 0 else { return }
        let doublings = min(failedAttempts - 1, 16)
        let wait = min(configuration.firstBackoffMilliseconds << doublings, configuration.maximumBackoffMilliseconds)
        usleep(UInt32(wait) * 1000)
    }
}
