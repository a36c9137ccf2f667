/// An answer as a value. `Content-Length`, `Date` and `Connection` are added when it is sent.
public struct Response: Sendable {
    /// Status code, 200 to 599.
    public var status: Int
    /// Headers in the order they are sent; repeated ones are allowed.
    public var headers: [(HTTPHeaderName, String)]
    /// The body; not sent for `HEAD`.
    public var body: [UInt8]

    /// An answer from its parts.
    public init(status: Int, headers: [(HTTPHeaderName, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
