import HTTPServer
import Postgres
import Runtime

/// The program `query-api`: its command line, and its services in the order in which they start.
public enum QueryAPIProgram {
    enum Action: String, Sendable { case serve }

    /// The version that `--version` and `/health` show.
    static let version = "1.0.0"

    private static let program = Program(
        name: "query-api", version: version, summary: "Answers questions about wallets, read-only, over HTTP.",
        environmentPrefix: "QUERY_API",
        only: Command(Action.serve, summary: "Serve until stopped.", settings: QueryAPISettings.all))

    /// Runs until a signal ends it; returns the exit code.
    public static func main() -> Int32 {
        Lifecycle.prepareProcess()
        return program.main { _, values, _ in try serve(QueryAPISettings.configuration(values)) }
    }

    private static func serve(_ configuration: QueryAPIConfiguration) throws -> Int32 {
        let logger = Logger(service: "query-api", level: configuration.logLevel).with(.version, .text(version))
        let registry = MetricsRegistry()
        registry.registerProcessMetrics()
        let reads = ReadService(
            connection: PostgresConfiguration(url: configuration.databaseURL, applicationName: "query-api"),
            limits: configuration.reads, threads: configuration.readThreads,
            startTimeoutMilliseconds: configuration.startTimeoutMilliseconds, metrics: registry, logger: logger)
        let policy = DeliveryPolicy(allowedOrigins: configuration.allowedOrigins)
        let routes = APIRoutes(asker: reads, policy: policy, registry: registry)
        let server = HTTPService(configuration.http, routes: routes, registry: registry, logger: logger)
        return Lifecycle(
            services: [reads, server], gracePeriodMilliseconds: configuration.graceMilliseconds, logger: logger
        ).run()
    }
}
