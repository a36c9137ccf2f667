import Accounting
import HTTPServer
import JSON
import ReadModels
import Runtime

/// Health and metrics of the projector, on loopback.
final class AdminServer: Service {
    let name = "admin"
    private let port: Int
    private let readiness: Readiness
    private let registry: MetricsRegistry
    private let logger: Logger

    init(port: Int, readiness: Readiness, registry: MetricsRegistry, logger: Logger) {
        (self.port, self.readiness, self.registry, self.logger) = (port, readiness, registry, logger)
    }

    /// Serves until stopped; throws when the port is taken.
    func run(until stop: StopFlag) throws {
        var configuration = HTTPServerConfiguration()
        configuration.port = UInt16(port)
        configuration.threads = 1
        let server = try HTTPServer(configuration, handler: router(), observer: nil)
        logger.info("Listening", [.component: "admin", .port: .number(server.port)])
        stop.wait()
        try server.stop(graceMilliseconds: 1_000)
    }

    private func router() -> Router {
        let (readiness, registry) = (readiness, registry)
        var router = Router()
        router.on(.get, "/health") { _, _, responder in
            responder.respond(Self.json(200) { $0.member("status", "healthy") })
        }
        router.on(.get, "/health/ready") { _, _, responder in responder.respond(Self.ready(readiness.current)) }
        router.on(.get, "/metrics") { _, _, responder in
            responder.respond(
                Response(
                    status: 200, headers: [(.contentType, MetricsRegistry.contentType)], body: registry.render()))
        }
        return router
    }

    /// 200 while projecting or standing by; 503 with the reason otherwise.
    static func ready(_ state: Readiness.State) -> Response {
        switch state {
        case .starting: json(503) { $0.member("status", "starting") }
        case .standby: json(200) { $0.member("status", "standby") }
        case .projecting(let generation):
            json(200) {
                $0.member("status", "projecting")
                $0.key("generation")
                $0.integer(generation.number)
                $0.member("rule_set", generation.identity.ruleSet.description)
            }
        case .failing(let reason):
            json(503) {
                $0.member("status", "failing")
                $0.member("reason", reason)
            }
        }
    }

    private static func json(_ status: Int, _ members: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter()
        json.beginObject()
        members(&json)
        json.endObject()
        return Response(status: status, headers: [(.contentType, "application/json")], body: json.bytes)
    }
}

extension JSONWriter {
    /// A member whose value is a text.
    fileprivate mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }
}
