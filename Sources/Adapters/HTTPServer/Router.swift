/// Chooses a handler by method and path. A value: built once, then given to the server or to a test.
public struct Router: HTTPHandler {
    /// Answers the requests of one route.
    public typealias Handler = @Sendable (Request, PathParameters, Responder) -> Void

    private struct Route: Sendable {
        let pattern: RoutePattern
        var handlers: [(method: HTTPMethod, handler: Handler)]

        /// `HEAD` is answered as `GET` when the route has no handler of its own for it.
        func handler(for method: HTTPMethod) -> Handler? {
            if let exact = handlers.first(where: { $0.method == method }) { return exact.handler }
            return method == .head ? handlers.first { $0.method == .get }?.handler : nil
        }
    }

    /// Most specific first; a service has a few dozen, so they are looked at in turn.
    private var routes: [Route] = []

    /// A router without routes.
    public init() {}

    /// Adds a route. Two handlers for one method and pattern are a mistake in the program and trap.
    public mutating func on(_ method: HTTPMethod, _ pattern: String, _ handler: @escaping Handler) {
        if let index = routes.firstIndex(where: { $0.pattern.text == pattern }) {
            // Without this the later of two routes would be dead, which no test of the earlier one shows.
            precondition(!routes[index].handlers.contains { $0.method == method }, "\(method) \(pattern) is taken")
            routes[index].handlers.append((method, handler))
        } else {
            routes.append(Route(pattern: RoutePattern(pattern), handlers: [(method, handler)]))
            routes.sort { $0.pattern.isMoreSpecific(than: $1.pattern) }
        }
    }

    /// Every method and pattern, most specific first.
    public var registered: [(method: HTTPMethod, pattern: String)] {
        routes.flatMap { route in route.handlers.map { ($0.method, route.pattern.text) } }
    }

    /// The methods a path can be asked with; empty when no route has it.
    public func allowedMethods(for request: Request) -> [HTTPMethod] {
        let methods = routes.filter { $0.pattern.matches(request.head) }.flatMap { $0.handlers.map(\.method) }
        return HTTPMethod.allCases.filter { methods.contains($0) || $0 == .head && methods.contains(.get) }
    }

    /// Calls the route's handler; answers 404 when no route has the path and 405 with `Allow` when one has it.
    public func handle(_ request: Request, _ responder: Responder) {
        for route in routes where route.pattern.matches(request.head) {
            guard let handler = route.handler(for: request.method) else { continue }
            responder.matched(routePattern: route.pattern.text)
            return handler(request, PathParameters(route.pattern, request.head), responder)
        }
        let allowed = allowedMethods(for: request)
        guard !allowed.isEmpty else {
            responder.respond(.notFound)
            return
        }
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        responder.respond(.plainError(405, "Method not allowed", code: "method_not_allowed", headers: [(.allow, list)]))
    }
}
