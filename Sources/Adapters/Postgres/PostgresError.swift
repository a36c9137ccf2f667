/// Why the database did not do what was asked. Nothing in it comes from a bound value or a password.
public struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; new codes may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// Fit for a metric label.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// The connection URL or a setting in it is malformed.
        public static let invalidURL = Code("invalid_url")
        /// No connection could be made.
        public static let connectionFailed = Code("connection_failed")
        /// The connection broke; what was under way outside a COMMIT did not happen.
        public static let connectionLost = Code("connection_lost")
        /// The connection broke while a COMMIT was under way: it may have happened.
        public static let commitUnknown = Code("commit_unknown")
        /// The server refused a statement; `sqlState` says why.
        public static let server = Code("server")
        /// A result, cell or row has another shape than the code expects.
        public static let unexpectedShape = Code("unexpected_shape")
        /// A number does not fit its type exactly.
        public static let outOfRange = Code("out_of_range")
        /// The connection was closed, or is in a state that does not allow the call.
        public static let closed = Code("closed")
    }

    /// What went wrong.
    public let code: Code
    /// The server's five-letter SQLSTATE, when the server said something.
    public let sqlState: String?
    /// Safe for a log line.
    public let message: String

    /// An error without the server's word.
    public init(_ code: Code, _ message: String, sqlState: String? = nil) {
        self.code = code
        self.sqlState = sqlState
        self.message = message
    }

    /// `code`, SQLSTATE and message in one line.
    public var description: String {
        guard let sqlState else { return "\(code): \(message)" }
        return "\(code) \(sqlState): \(message)"
    }

    /// Whether the connection is gone.
    public var isConnectionLoss: Bool { code == .connectionLost || code == .connectionFailed || code == .commitUnknown }

    /// Whether the same transaction may succeed when it is run again, and running it again is safe: what was under way
    /// surely did not happen. `commitUnknown` is not among them: first read what is there.
    public var isRetriable: Bool {
        if code == .connectionLost || code == .connectionFailed { return true }
        guard code == .server, let sqlState else { return false }
        return Self.retriableStates.contains(sqlState) || Self.endsSession(sqlState)
    }

    /// Whether the server ends the session with this state: class 08 but for a malformed message, shutdown, crash,
    /// start, idle too long.
    static func endsSession(_ sqlState: String) -> Bool {
        (sqlState.hasPrefix("08") && sqlState != "08P01")
            || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(sqlState)
    }

    /// Serialization failure, deadlock, lock not available, too many connections.
    private static let retriableStates: Set<String> = ["40001", "40P01", "55P03", "53300"]

    /// The server's message where it cannot repeat a value: not in class 22 (data), P0 (raised by functions).
    static func safeMessage(sqlState: String, primary: String, constraint: String?) -> String {
        if sqlState.hasPrefix("22") || sqlState.hasPrefix("P0") { return "the server refused a value" }
        guard let constraint else { return primary }
        return "constraint \(constraint) is violated"
    }
}
