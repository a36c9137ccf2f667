import HTTPServer
import Runtime

/// What is the same for all answers of a process: where the browser may ask from, and the time.
struct DeliveryPolicy: Sendable {
    /// Values of `Origin` that may read answers.
    var allowedOrigins: [String] = []
    var clock = WallClock.system
}

/// The right to answer one request, and what of the request decides how: conditions, origin, demanded position.
struct Delivery: Sendable {
    private let responder: Responder
    private let policy: DeliveryPolicy
    private let allowedOrigin: String?
    private let ifNoneMatch: String?

    init(_ request: Request, _ responder: Responder, _ policy: DeliveryPolicy) {
        self.responder = responder
        self.policy = policy
        ifNoneMatch = request.header(.ifNoneMatch)
        allowedOrigin =
            policy.allowedOrigins.isEmpty
            ? nil : request.header(.origin).flatMap { policy.allowedOrigins.contains($0) ? $0 : nil }
    }

    /// Sends what was found, unless the log was not projected far enough when it was read (I10).
    func send(_ finding: Finding, demanding minimum: MinimumPosition) {
        // A failure to read says nothing of a position; a 404 is believed only of a state that is new enough.
        let isReading: Bool
        if case .failure(let error) = finding.result { isReading = error.code.status < 500 } else { isReading = true }
        if isReading, !minimum.isReached(by: finding.projected) {
            return fail(APIError(.behind, "min_position is not reached yet"))
        }
        switch finding.result {
        case .success(let answer): send(answer)
        case .failure(let error): fail(error)
        }
    }

    /// Sends an answer, or 304 when the client has it.
    func send(_ answer: Answer) {
        var headers = commonHeaders
        headers.append((.cacheControl, answer.isStorable ? "no-cache" : "no-store"))
        if let tag = answer.entityTag {
            headers.append((.entityTag, "\"\(tag)\""))
            if answer.status == 200, matches(tag) {
                responder.respond(Response(status: 304, headers: headers))
                return
            }
        }
        headers.append((.contentType, answer.contentType.rawValue))
        headers += answer.headers
        if answer.contentType == .html || answer.contentType == .css {
            headers.append(("Content-Security-Policy", Self.contentSecurityPolicy))
        }
        responder.respond(Response(status: answer.status, headers: headers, body: answer.body))
    }

    /// Sends an error in the envelope of domain.md 1.1.
    func fail(_ error: APIError, adding added: [(HTTPHeaderName, String)] = []) {
        var headers = commonHeaders + added
        headers.append((.cacheControl, "no-store"))
        headers.append((.contentType, Answer.ContentType.json.rawValue))
        if let seconds = error.retryAfterSeconds { headers.append((.retryAfter, String(seconds))) }
        let body = Envelope.render(error, timestamp: policy.clock.nowMicroseconds())
        responder.respond(Response(status: error.code.status, headers: headers, body: body))
    }

    /// Whether the request comes from a page that may read answers.
    var isFromAllowedOrigin: Bool { allowedOrigin != nil }

    /// Answers a browser that asks what it may ask (Fetch standard, CORS-preflight request).
    func sendPreflight(for methods: [HTTPMethod]) {
        let headers: [(HTTPHeaderName, String)] = [
            ("Access-Control-Allow-Methods", methods.map(\.rawValue).joined(separator: ", ")),
            ("Access-Control-Allow-Headers", "If-None-Match, Content-Type"),
            ("Access-Control-Max-Age", "3600"), (.cacheControl, "no-store"),
        ]
        responder.respond(Response(status: 204, headers: commonHeaders + headers))
    }

    /// Nothing from elsewhere, no script, no frame: the pages of this service need styles only.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private var commonHeaders: [(HTTPHeaderName, String)] {
        var headers: [(HTTPHeaderName, String)] = [
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
        ]
        if !policy.allowedOrigins.isEmpty { headers.append((.vary, "Origin")) }
        if let allowedOrigin {
            headers.append(("Access-Control-Allow-Origin", allowedOrigin))
            headers.append(("Access-Control-Expose-Headers", "ETag, Retry-After"))
        }
        return headers
    }

    /// Weak comparison, as RFC 9110, section 13.1.2, asks for.
    private func matches(_ tag: String) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { item in
            let text = item.drop { $0 == " " }.prefix { $0 != " " }
            return text == "*" || text == "\"\(tag)\"" || text == "W/\"\(tag)\""
        }
    }
}
