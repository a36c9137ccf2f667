/// How to reach a database, under which name and with which limits.
public struct PostgresConfiguration: Sendable {
    /// Where it is and as whom to go there.
    public var url: PostgresURL
    /// What `pg_stat_activity` shows.
    public var applicationName: String
    /// Longest wait for a connection, at least 2 s (libpq's granularity is a second).
    public var connectTimeoutMilliseconds = 5_000
    /// Longest time sent data may stay unacknowledged before the connection counts as lost.
    public var unacknowledgedTimeoutMilliseconds = 15_000
    /// Longest run of a statement; 0 for no limit.
    public var statementTimeoutMilliseconds = 60_000
    /// Longest wait for a lock; 0 for no limit.
    public var lockTimeoutMilliseconds = 0
    /// Longest the server keeps a transaction whose client is silent, and so its locks; 0 for no limit.
    public var idleInTransactionTimeoutMilliseconds = 60_000
    /// Wait before a second attempt to connect; doubled with each further one.
    public var firstBackoffMilliseconds = 50
    /// Longest wait between two attempts to connect.
    public var maximumBackoffMilliseconds = 1_000
    /// Further settings of the session, by name; they win over the ones above.
    public var sessionSettings: [String: String] = [:]
    /// Longest wait for the answers of a pipelined round.
    public var roundTimeoutMilliseconds = 70_000

    /// The defaults for a place.
    public init(url: PostgresURL, applicationName: String) {
        self.url = url
        self.applicationName = applicationName
    }

    /// Keywords for `PQconnectdbParams`. What the URL says about timeouts and keepalives wins.
    var connectionParameters: [(keyword: String, value: String)] {
        var settings = [
            "connect_timeout": String(max(2, connectTimeoutMilliseconds / 1000)),
            "tcp_user_timeout": String(unacknowledgedTimeoutMilliseconds),
            // A server that vanishes while we wait for an answer is noticed after 10 + 3 × 5 s.
            "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
        ]
        settings.merge(url.settings) { _, given in given }
        settings["client_encoding"] = "UTF8"
        settings["application_name"] = applicationName
        var session = [
            "statement_timeout": String(statementTimeoutMilliseconds),
            "lock_timeout": String(lockTimeoutMilliseconds),
            "idle_in_transaction_session_timeout": String(idleInTransactionTimeoutMilliseconds),
            "default_transaction_isolation": "read committed", "timezone": "UTC", "bytea_output": "hex",
            // Statements are short and prepared: compiling them costs more than it saves.
            "jit": "off",
        ]
        session.merge(sessionSettings) { _, given in given }
        let options = session.sorted { $0.key < $1.key }.map { "-c \($0.key)=\(Self.escaped($0.value))" }
        settings["options"] = (options + [url.settings["options"]].compactMap { $0 }).joined(separator: " ")
        return settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A backslash keeps the server from splitting at a space (manual, PGOPTIONS).
    private static func escaped(_ value: String) -> String {
        String(value.flatMap { $0 == " " || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}
