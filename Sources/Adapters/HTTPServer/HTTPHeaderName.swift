/// The name of a header, compared without regard to case.
public struct HTTPHeaderName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name as it is sent.
    public let text: String
    /// The name in lower case, for comparisons.
    let lowercasedBytes: [UInt8]

    /// A header by its name.
    public init(_ text: String) {
        self.text = text
        lowercasedBytes = text.utf8.map(ASCII.lowercased)
    }

    /// A header by its name.
    public init(stringLiteral text: String) { self.init(text) }

    /// Two names are the same header when they differ in case only.
    public static func == (left: Self, right: Self) -> Bool { left.lowercasedBytes == right.lowercasedBytes }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(lowercasedBytes) }
}

extension HTTPHeaderName {
    /// `Allow`
    public static let allow: Self = "Allow"
    /// `Authorization`
    public static let authorization: Self = "Authorization"
    /// `Cache-Control`
    public static let cacheControl: Self = "Cache-Control"
    /// `Content-Disposition`
    public static let contentDisposition: Self = "Content-Disposition"
    /// `Content-Length`
    public static let contentLength: Self = "Content-Length"
    /// `Content-Type`
    public static let contentType: Self = "Content-Type"
    /// `ETag`
    public static let entityTag: Self = "ETag"
    /// `Host`
    public static let host: Self = "Host"
    /// `If-None-Match`
    public static let ifNoneMatch: Self = "If-None-Match"
    /// `Origin`
    public static let origin: Self = "Origin"
    /// `Retry-After`
    public static let retryAfter: Self = "Retry-After"
    /// `traceparent` (W3C trace context)
    public static let traceParent: Self = "traceparent"
    /// `Transfer-Encoding`
    public static let transferEncoding: Self = "Transfer-Encoding"
    /// `Vary`
    public static let vary: Self = "Vary"
    /// `X-Forwarded-For`
    public static let forwardedFor: Self = "X-Forwarded-For"
}
