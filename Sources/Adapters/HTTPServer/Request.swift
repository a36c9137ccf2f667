/// One complete request. A value that may be kept and sent to other threads; copying it copies no bytes.
public struct Request: Sendable {
    /// The method; `HEAD` is routed like `GET` and its body is not sent.
    public let method: HTTPMethod
    /// The body; empty without one.
    public let body: [UInt8]
    /// Who is connected, which behind a proxy is the proxy. Nil when made without a connection.
    public let peer: PeerAddress?
    let head: RequestHead

    init(method: HTTPMethod, head: RequestHead, body: [UInt8], peer: PeerAddress?) {
        self.method = method
        self.head = head
        self.body = body
        self.peer = peer
    }

    /// A request made without a connection. Throws `malformedRequest` for a target the server would answer with 400.
    public init(
        method: HTTPMethod, target: String, headers: [(HTTPHeaderName, String)] = [], body: [UInt8] = [],
        peer: PeerAddress? = nil
    ) throws(HTTPServerError) {
        var builder = RequestHeadBuilder(target: target.utf8)
        for (name, value) in headers { builder.appendHeader(name: name.text.utf8, value: value.utf8) }
        guard let head = builder.build() else {
            throw HTTPServerError(.malformedRequest, "the request target is not well formed")
        }
        self.init(method: method, head: head, body: body, peer: peer)
    }

    /// Path and query as they were sent.
    public var target: String { text(head.target) }

    /// The path as it was sent, without the query.
    public var path: String { text(head.path) }

    /// The query as it was sent, without the question mark.
    public var encodedQuery: String { text(head.query) }

    /// The path's segments, split before decoding: an encoded slash is part of a segment.
    public var segments: [String] { head.segments.map(text) }

    /// The decoded parameters of the query, parsed at each call: keep the result.
    public var query: QueryParameters { QueryParameters(parsing: head) }

    /// The value of the first header of that name; bytes that are not UTF-8 are replaced.
    public func header(_ name: HTTPHeaderName) -> String? {
        head.value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes of a header without making a string of them; nil when it was not sent.
    public func withHeader<Result>(_ name: HTTPHeaderName, _ body: (RawSpan?) throws -> Result) rethrows -> Result {
        guard let value = head.value(of: name) else { return try body(nil) }
        // A byte has no padding, so all of the span may be read.
        return try unsafe body(value.span.bytes)
    }

    func text(_ part: RequestHead.Part) -> String { String(decoding: head.bytes[part.range], as: UTF8.self) }
}
