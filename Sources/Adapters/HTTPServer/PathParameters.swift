/// The named segments of a matched path, decoded.
public struct PathParameters: Sendable {
    private let pattern: RoutePattern
    private let head: RequestHead

    init(_ pattern: RoutePattern, _ head: RequestHead) {
        self.pattern = pattern
        self.head = head
    }

    /// The pattern that matched.
    public var routePattern: String { pattern.text }

    /// The value of a parameter; never empty. A name the pattern does not have is a mistake in the program and traps.
    public subscript(name: String) -> String { String(decoding: bytes(of: name), as: UTF8.self) }

    /// Lends the bytes of a parameter, which are UTF-8, without making a string of them.
    public func withBytes<Result>(_ name: String, _ body: (RawSpan) throws -> Result) rethrows -> Result {
        // A byte has no padding, so all of the span may be read.
        try unsafe body(bytes(of: name).span.bytes)
    }

    private func bytes(of name: String) -> ArraySlice<UInt8> {
        guard let position = pattern.position(of: name) else {
            // Pattern and name are constants that stand side by side in the program: no request can cause this.
            preconditionFailure("route \(pattern.text) has no parameter \(name)")
        }
        return head.bytes[head.segments[position].range]
    }
}
