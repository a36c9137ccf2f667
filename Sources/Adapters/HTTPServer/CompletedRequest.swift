/// What a metric needs to know about a request that was answered. Nothing in it is chosen by a client.
public struct CompletedRequest: Sendable, Hashable {
    /// The route's pattern, such as `/api/results/{wallet}/{token}`; `unmatched` without a route.
    public let routePattern: String
    /// The method; nil for one the server does not know or a request it refused before reading it.
    public let method: HTTPMethod?
    /// Status code that was sent.
    public let status: Int
    /// From the request's first line until its last byte was handed to the kernel or the connection broke.
    public let durationMicroseconds: Int64
    /// Bytes of the answer's body, also for `HEAD`.
    public let bodyByteCount: Int
}
