/// Why a request gets no data. Everything in it is shown to the client, so nothing internal ever is.
struct APIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as clients and metrics see it; new codes may be added.
    struct Code: Sendable, Hashable {
        /// The word in the body's `code`.
        let text: String
        /// The status it is sent with.
        let status: Int
        /// What the message begins with (domain.md 1.1).
        let prefix: String

        static let invalidParameter = Code(text: "invalid_parameter", status: 400, prefix: "Validation error")
        static let ambiguousChain = Code(text: "ambiguous_chain", status: 400, prefix: "Bad request")
        static let notFound = Code(text: "not_found", status: 404, prefix: "Not found")
        static let notTracked = Code(text: "not_tracked", status: 404, prefix: "Not found")
        static let pending = Code(text: "pending", status: 404, prefix: "Not found")
        static let unknownToken = Code(text: "unknown_token", status: 404, prefix: "Not found")
        static let excludedToken = Code(text: "excluded_token", status: 404, prefix: "Not found")
        static let methodNotAllowed = Code(text: "method_not_allowed", status: 405, prefix: "Method not allowed")
        static let cursorExpired = Code(text: "cursor_expired", status: 410, prefix: "Gone")
        static let tooManyEvents = Code(text: "too_many_events", status: 422, prefix: "Unprocessable")
        static let unfoldable = Code(text: "unfoldable", status: 422, prefix: "Unprocessable")
        static let rateLimited = Code(text: "rate_limited", status: 429, prefix: "Too many requests")
        static let internalError = Code(text: "internal", status: 500, prefix: "Internal error")
        static let behind = Code(text: "behind", status: 503, prefix: "Service unavailable")
        static let overloaded = Code(text: "overloaded", status: 503, prefix: "Service unavailable")
        static let timeout = Code(text: "timeout", status: 503, prefix: "Service unavailable")
        static let databaseUnavailable = Code(
            text: "database_unavailable", status: 503, prefix: "Service unavailable")
        static let generationUnsupported = Code(
            text: "generation_unsupported", status: 503, prefix: "Service unavailable")
        static let stopping = Code(text: "stopping", status: 503, prefix: "Service unavailable")

        /// Every code, for the description of the service.
        static let all = [
            invalidParameter, ambiguousChain, notFound, notTracked, pending, unknownToken, excludedToken,
            methodNotAllowed, cursorExpired, tooManyEvents, unfoldable, rateLimited, internalError, behind, overloaded,
            timeout, databaseUnavailable, generationUnsupported, stopping,
        ]
    }

    /// What went wrong.
    let code: Code
    /// One sentence for the client.
    let message: String
    /// When asking again makes sense; nil when it does not.
    let retryAfterSeconds: Int?
    /// Under which the log has an internal error.
    var identifier: String?

    init(_ code: Code, _ message: String, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds ?? (code.status == 503 || code.status == 429 ? 1 : nil)
    }

    var description: String { "\(code.prefix): \(message)" }

    /// A parameter whose value is not accepted, and what would be.
    static func invalid(_ parameter: String, _ value: String, mustBe bound: String) -> APIError {
        let shown = value.count > 100 ? "\(value.prefix(100))…" : value
        return APIError(.invalidParameter, "\(parameter) is '\(shown)', must be \(bound)")
    }

    /// What is sent while PostgreSQL is away.
    static let databaseUnavailable = APIError(.databaseUnavailable, "the database cannot be reached")
    /// What is sent when more requests wait than may.
    static let overloaded = APIError(.overloaded, "too many requests are waiting")
    /// What is sent to what still waits when the service stops.
    static let stopping = APIError(.stopping, "the service is stopping")
    /// What is sent when the database took too long.
    static let timeout = APIError(.timeout, "the answer took too long", retryAfterSeconds: 5)
}
