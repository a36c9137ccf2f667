/// Why a request is answered by the server itself, before any handler sees it. Each closes the connection, because the
/// rest of what the client sent can no longer be trusted or is not read.
enum Refusal: CaseIterable {
    case malformed, ambiguousLength, lengthRequired, bodyTooLarge, targetTooLong, wrongHost, unknownMethod

    private static let prepared = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.prepare()) })

    /// The answer, made once.
    var response: PreparedResponse { Self.prepared[self] ?? prepare() }

    private func prepare() -> PreparedResponse {
        switch self {
        case .malformed: .plainError(400, "Malformed request", code: "malformed_request")
        case .ambiguousLength: .plainError(400, "Ambiguous message length", code: "ambiguous_length")
        case .lengthRequired: .plainError(411, "Content-Length required", code: "length_required")
        case .bodyTooLarge: .plainError(413, "Request body too large", code: "body_too_large")
        case .targetTooLong: .plainError(414, "Request target too long", code: "target_too_long")
        case .wrongHost: .plainError(421, "Host not served here", code: "wrong_host")
        case .unknownMethod: .plainError(501, "Unknown method", code: "unknown_method")
        }
    }
}
