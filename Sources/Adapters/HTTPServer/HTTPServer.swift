import Synchronization

/// An HTTP/1.1 server on a pool of threads. It runs from `init` to `stop`.
public final class HTTPServer: Sendable {
    /// What happened to each request, called on the connection's server thread: it must be quick.
    public typealias Observer = @Sendable (CompletedRequest) -> Void

    /// Milliseconds a stop allows, after the grace period, for the last answers to leave.
    private static let flushMilliseconds = 1000
    /// Milliseconds after which a stop no longer waits for server threads held up in a handler.
    private static let abandonMilliseconds = 5000

    /// The port it listens on, also when the configured one was 0.
    public let port: UInt16
    private let context: ServerContext
    private let daemon: Mutex<Daemon?>

    /// Listens and starts the threads. Throws `invalidConfiguration`, `addressInUse`, `cannotListen` or `cannotStart`.
    public init(
        _ configuration: HTTPServerConfiguration, handler: any HTTPHandler, observer: Observer? = nil
    ) throws(HTTPServerError) {
        try configuration.validate()
        let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
        port = socket.port
        context = ServerContext(
            handler: handler, observer: observer, policy: RequestPolicy(configuration, port: socket.port),
            maximumTargetBytes: configuration.maximumTargetBytes, outstanding: try OutstandingRequests())
        daemon = Mutex(try Daemon(configuration, socket: socket, context: context))
    }

    deinit { try? stop(graceMilliseconds: 0) }

    /// Stops accepting, waits for what is under way, answers 503 to what is still suspended after the grace period, and
    /// ends the threads. Blocks its thread, so it is never called from a handler or a task; a second call does nothing.
    /// Throws `stopTimedOut` when a handler does not give its thread back; the threads are then left alone.
    public func stop(graceMilliseconds: Int) throws(HTTPServerError) {
        try stop(graceMilliseconds: graceMilliseconds, abandonMilliseconds: Self.abandonMilliseconds)
    }

    func stop(graceMilliseconds: Int, abandonMilliseconds: Int) throws(HTTPServerError) {
        guard let daemon = daemon.withLock({ $0.take() }) else { return }
        daemon.stopAccepting()
        let outstanding = context.outstanding
        _ = outstanding.waitUntilIdle(milliseconds: graceMilliseconds)
        outstanding.refuseSuspended()
        _ = outstanding.waitUntilIdle(milliseconds: Self.flushMilliseconds)
        // Stopping the library with a suspended connection or a handler that blocks would hang: better to leak.
        guard outstanding.waitUntilStoppable(milliseconds: abandonMilliseconds) else {
            daemon.abandon(keeping: context)
            throw HTTPServerError(.stopTimedOut, "a request handler did not return; the server's threads were left")
        }
        daemon.stop()
    }
}
