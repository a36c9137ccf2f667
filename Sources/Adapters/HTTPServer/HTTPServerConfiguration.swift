/// Limits and addresses of one HTTP server. Every queue and every input has a bound here.
public struct HTTPServerConfiguration: Sendable {
    /// Name or numeric address to listen on. Default: loopback only.
    public var host = "127.0.0.1"
    /// Port; 0 asks the kernel for a free one, which `HTTPServer.port` then names.
    public var port: UInt16 = 0
    /// Threads that parse, call the handler and write. A connection stays on its thread.
    public var threads = 2
    /// Connections open at once, over all threads.
    public var connectionLimit = 8192
    /// Connections of one client address; 0 is off, which it must be behind a proxy.
    public var perAddressConnectionLimit = 0
    /// Seconds without traffic after which a connection is closed. Suspended requests do not time out.
    public var connectionTimeoutSeconds = 60
    /// Memory of one connection: request head, read and write buffers.
    public var connectionMemoryLimitBytes = 16384
    /// Longest request body; a longer one is answered 413 and not read.
    public var maximumBodyBytes = 1 << 20
    /// Longest request target (path and query as sent); a longer one is answered 414.
    public var maximumTargetBytes = 8192
    /// Accepted `Host` values, as `name` (any port) or `name:port`. Empty: the bound host and loopback, with the port.
    public var allowedHosts: [String] = []

    /// The defaults: loopback, a free port, two threads.
    public init() {}

    /// Throws for the first value out of its range, naming key, value and bound.
    func validate() throws(HTTPServerError) {
        try Self.check("threads", threads, in: 1...256)
        try Self.check("connectionLimit", connectionLimit, in: threads...1_000_000)
        try Self.check("perAddressConnectionLimit", perAddressConnectionLimit, in: 0...1_000_000)
        try Self.check("connectionTimeoutSeconds", connectionTimeoutSeconds, in: 1...86_400)
        try Self.check("connectionMemoryLimitBytes", connectionMemoryLimitBytes, in: 4096...1_048_576)
        try Self.check("maximumBodyBytes", maximumBodyBytes, in: 0...(1 << 30))
        try Self.check("maximumTargetBytes", maximumTargetBytes, in: 16...connectionMemoryLimitBytes)
    }

    private static func check(_ key: String, _ value: Int, in bounds: ClosedRange<Int>) throws(HTTPServerError) {
        guard bounds.contains(value) else {
            throw HTTPServerError(
                .invalidConfiguration, "\(key) is \(value), must be \(bounds.lowerBound) to \(bounds.upperBound)")
        }
    }
}
