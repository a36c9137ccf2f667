import HTTPServer

/// What a question came to, before it is made ready for each client that asked it.
struct Answer: Sendable {
    /// The body's media type.
    enum ContentType: String, Sendable {
        case json = "application/json"
        case html = "text/html; charset=utf-8"
        case csv = "text/csv; charset=utf-8; header=present"
        case css = "text/css; charset=utf-8"
        case prometheus = "text/plain; version=0.0.4; charset=utf-8"
    }

    /// Part of every entity tag: raised with every change of what this service makes of the same rows.
    static let renderingVersion = 2

    /// Status code.
    var status = 200
    /// The body's media type.
    var contentType = ContentType.json
    /// The body.
    var body: [UInt8]
    /// What the content follows from, without quotes; nil when the answer must not be revalidated.
    var entityTag: String?
    /// Headers of this answer's own.
    var headers: [(HTTPHeaderName, String)] = []
    /// Whether a client may keep the answer and revalidate it.
    var isStorable = false
}
