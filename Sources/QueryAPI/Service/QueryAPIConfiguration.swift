import HTTPServer
import Postgres
import Runtime

/// Everything that can be set, validated.
struct QueryAPIConfiguration: Sendable {
    /// The reader account; its default is a read-only transaction.
    var databaseURL: PostgresURL
    var http = HTTPServerConfiguration()
    var allowedOrigins: [String] = []
    var reads = ReadLimits()
    var readThreads = ReadService.Threads()
    var startTimeoutMilliseconds = 60_000
    var graceMilliseconds = Lifecycle.defaultGracePeriodMilliseconds
    var logLevel = LogLevel.info
}

/// The settings behind it: command line over environment over default.
enum QueryAPISettings {
    private static let databaseURL = Setting.secret(
        "database-url", environment: .named("DATABASE_URL"), help: "PostgreSQL, as the reader account.")
    private static let host = Setting.text("host", default: "127.0.0.1", help: "Name or address to listen on.")
    private static let port = Setting.integer(
        "port", default: 8080, in: 0...65_535, help: "Port; 0 takes a free one, which the log names.")
    private static let threads = Setting.integer("threads", default: 2, in: 1...64, help: "HTTP threads.")
    private static let fastConnections = Setting.integer(
        "database-connections", default: 2, in: 1...64, help: "Pipelined database connections.")
    private static let slowConnections = Setting.integer(
        "slow-database-connections", default: 2, in: 1...64, help: "Database connections for long statements.")
    private static let allowedHosts = Setting.list(
        "allowed-hosts", default: [], help: "Accepted Host values; none means the bound host and loopback.")
    private static let allowedOrigins = Setting.list(
        "allowed-origins", default: [], help: "Origins whose pages may read answers (CORS).")
    private static let maximumTargetBytes = Setting.integer(
        "maximum-target-bytes", default: 8_192, in: 256...16_384, help: "Longest path with query.")
    private static let maximumBodyBytes = Setting.integer(
        "maximum-body-bytes", default: 16_384, in: 0...1_048_576, help: "Longest request body.")
    private static let queueCapacity = Setting.integer(
        "queue-capacity", default: 1_024, in: 1...100_000,
        help: "Questions that may wait for a database connection; more are answered 503.")
    private static let requestTimeout = Setting.milliseconds(
        "request-timeout-milliseconds", default: 10_000, in: 100...600_000,
        help: "Longest wait for a connection, and longest run of a statement.")
    private static let startTimeout = Setting.milliseconds(
        "start-timeout-milliseconds", default: 60_000, in: 0...3_600_000,
        help: "Longest wait for the database at start.")
    private static let grace = Setting.milliseconds(
        "grace-milliseconds", default: Lifecycle.defaultGracePeriodMilliseconds, in: 0...600_000,
        help: "Longest time for a graceful stop.")
    private static let logLevel = Setting<LogLevel>.choice(
        "log-level", default: .info, help: "Least level that is logged.")

    /// In the order of `--help`.
    static let all: [any AnySetting] = [
        databaseURL, host, port, threads, fastConnections, slowConnections, allowedHosts, allowedOrigins,
        maximumTargetBytes, maximumBodyBytes, queueCapacity, requestTimeout, startTimeout, grace, logLevel,
    ]

    /// Reads the values; throws for a connection URL that cannot be read.
    static func configuration(_ values: SettingValues) throws -> QueryAPIConfiguration {
        var configuration = QueryAPIConfiguration(databaseURL: try PostgresURL(values[databaseURL].revealed()))
        configuration.http.host = values[host]
        configuration.http.port = UInt16(values[port])
        configuration.http.threads = values[threads]
        configuration.http.allowedHosts = values[allowedHosts]
        configuration.http.maximumTargetBytes = values[maximumTargetBytes]
        configuration.http.maximumBodyBytes = values[maximumBodyBytes]
        configuration.allowedOrigins = values[allowedOrigins]
        configuration.reads.queueCapacity = values[queueCapacity]
        configuration.reads.requestTimeoutMilliseconds = values[requestTimeout]
        configuration.readThreads.fast = values[fastConnections]
        configuration.readThreads.slow = values[slowConnections]
        configuration.startTimeoutMilliseconds = values[startTimeout]
        configuration.graceMilliseconds = values[grace]
        configuration.logLevel = values[logLevel]
        return configuration
    }
}
