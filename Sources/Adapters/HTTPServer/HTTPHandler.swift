/// What answers requests.
public protocol HTTPHandler: Sendable {
    /// Called on the connection's server thread once the request is complete, so it must not block: answer at once, or
    /// keep the responder and answer from any other thread.
    func handle(_ request: Request, _ responder: Responder)
}

extension HTTPHandler {
    /// The answer to a request made without a connection: how handlers are tested without a socket.
    public func handle(_ request: Request) async -> PreparedResponse {
        await withCheckedContinuation { continuation in
            handle(request, Responder { continuation.resume(returning: $0) })
        }
    }
}
