import HTTPServer
import Runtime
import Synchronization

/// The HTTP server as a service: listens once the reads are there, and stops before they do.
final class HTTPService: Service {
    let name = "http"
    private let configuration: HTTPServerConfiguration
    private let routes: APIRoutes
    private let metrics: RequestMetrics
    private let logger: Logger
    private let server = Mutex<HTTPServer?>(nil)
    /// What a stop allows for requests under way.
    private static let graceMilliseconds = 10_000

    init(_ configuration: HTTPServerConfiguration, routes: APIRoutes, registry: MetricsRegistry, logger: Logger) {
        self.configuration = configuration
        self.routes = routes
        self.logger = logger
        metrics = RequestMetrics(registry, patterns: routes.patterns)
    }

    /// The port it listens on; nil before `start` and after `close`.
    var port: UInt16? { server.withLock { $0?.port } }

    func start(until stop: StopFlag) throws {
        let started = try HTTPServer(configuration, handler: routes) { [metrics] in metrics.observe($0) }
        server.withLock { $0 = started }
        logger.info("Listening", [.host: .text(configuration.host), .port: .number(started.port)])
    }

    func close() {
        do {
            try server.withLock { $0.take() }?.stop(graceMilliseconds: Self.graceMilliseconds)
        } catch {
            logger.error("HTTP server did not stop", [.error: .failure(error)])
        }
    }
}

/// Counts of requests by route, method and status: closed sets, so series are made when they first occur.
final class RequestMetrics: Sendable {
    private struct Labels: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private let registry: MetricsRegistry
    private let durations: [String: Histogram]
    private let counters = Mutex<[Labels: Counter]>([:])

    init(_ registry: MetricsRegistry, patterns: [String]) {
        self.registry = registry
        var durations: [String: Histogram] = [:]
        for route in Set(patterns).union(["unmatched"]).sorted() {
            durations[route] = registry.histogram(
                "http_request_duration_seconds", help: "From a request's first line to its last byte.",
                labels: ["route": route])
        }
        self.durations = durations
    }

    /// Counts a request that was answered.
    func observe(_ request: CompletedRequest) {
        durations[request.routePattern]?.observe(microseconds: request.durationMicroseconds)
        let labels = Labels(
            route: request.routePattern, method: request.method?.rawValue ?? "unknown", status: request.status)
        let counter = counters.withLock { counters in
            if let known = counters[labels] { return known }
            let made = registry.counter(
                "http_requests_total", help: "Requests answered.",
                labels: ["route": labels.route, "method": labels.method, "code": String(labels.status)])
            counters[labels] = made
            return made
        }
        counter.increment()
    }
}
