import CMicrohttpd
import Synchronization

/// Owns the library's daemon and the socket it accepts from.
///
/// Unchecked: the functions used here may be called from any thread, and `HTTPServer` lets only one caller stop it.
@safe final class Daemon: @unchecked Sendable {
    private static let abandoned = Mutex<[(Daemon, ServerContext)]>([])

    private let pointer: OpaquePointer
    private let socket: ListeningSocket

    /// The context is not retained here: its owner keeps it until after `stop`.
    init(
        _ configuration: HTTPServerConfiguration, socket: consuming ListeningSocket, context: ServerContext
    ) throws(HTTPServerError) {
        var options = unsafe wallet_http_options()
        unsafe options.listen_socket = socket.descriptor
        unsafe options.is_ipv6 = socket.isVersion6 ? 1 : 0
        unsafe options.threads = UInt32(configuration.threads)
        unsafe options.connection_limit = UInt32(configuration.connectionLimit)
        unsafe options.per_address_connection_limit = UInt32(configuration.perAddressConnectionLimit)
        unsafe options.connection_timeout_seconds = UInt32(configuration.connectionTimeoutSeconds)
        unsafe options.connection_memory_limit_bytes = configuration.connectionMemoryLimitBytes
        unsafe options.context = Unmanaged.passUnretained(context).toOpaque()
        unsafe options.on_target = targetCallback
        unsafe options.on_unescape = unescapeCallback
        unsafe options.on_access = accessCallback
        unsafe options.on_completed = completedCallback
        guard let started = unsafe wallet_http_start(&options) else {
            throw HTTPServerError(.cannotStart, "libmicrohttpd did not start its threads")
        }
        unsafe pointer = started
        self.socket = socket
    }

    /// Connections that are open go on. The socket stays open until the threads have ended, as the library demands.
    func stopAccepting() { unsafe _ = MHD_quiesce_daemon(pointer) }

    /// Ends the threads and closes the connections. No connection may be suspended.
    func stop() { unsafe MHD_stop_daemon(pointer) }

    /// Gives up on threads that do not end: what they may still touch is kept for the rest of the process.
    func abandon(keeping context: ServerContext) {
        Self.abandoned.withLock { $0.append((self, context)) }
    }
}
