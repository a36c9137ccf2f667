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

    /// Status code.
    var status = 200
    /// The body's media type.
    var contentType = ContentType.json
    /// The body.
    var body: [UInt8]
    /// Generation and version, without quotes; nil when the answer must not be revalidated.
    var entityTag: String?
    /// Headers of this answer's own.
    var headers: [(HTTPHeaderName, String)] = []
    /// Whether a client may keep the answer and revalidate it.
    var isStorable = false
}
