import Synchronization

/// The right to answer one request, once, from any thread. A responder that dies unanswered answers 500.
///
/// A streaming answer would be another way to use up the same right: only `Exchange` knows what is queued.
public final class Responder: Sendable {
    private enum Destination {
        case exchange(Exchange)
        case closure(@Sendable (PreparedResponse) -> Void)
    }
    private let destination: Destination
    private let isUsed = Atomic(false)

    init(_ exchange: Exchange) { destination = .exchange(exchange) }

    /// A responder without a connection, for tests: the closure gets the one answer.
    public init(_ deliver: @escaping @Sendable (PreparedResponse) -> Void) { destination = .closure(deliver) }

    deinit {
        if !isUsed.load(ordering: .acquiring) { deliver(.internalError) }
    }

    /// Sends an answer that is ready; false, and nothing is sent, when the request has been answered before, which
    /// includes a stopping server that gave up waiting.
    @discardableResult
    public func respond(_ response: PreparedResponse) -> Bool {
        guard !isUsed.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        return deliver(response)
    }

    /// Sends an answer made for this request only. One that cannot be sent (see `PreparedResponse`) becomes a 500.
    @discardableResult
    public func respond(_ response: Response) -> Bool {
        do {
            return respond(try PreparedResponse(response))
        } catch {
            return respond(.internalError)
        }
    }

    /// Names the route for the observer; the router calls it before the route's handler.
    func matched(routePattern: String) {
        if case .exchange(let exchange) = destination { exchange.setRoutePattern(routePattern) }
    }

    @discardableResult
    private func deliver(_ response: PreparedResponse) -> Bool {
        switch destination {
        case .exchange(let exchange): return exchange.answer(response)
        case .closure(let deliver):
            deliver(response)
            return true
        }
    }
}
