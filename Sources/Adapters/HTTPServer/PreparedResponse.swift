import CMicrohttpd
import Glibc

/// An answer that is ready to be sent any number of times, on many connections and threads at once, without a copy.
///
/// Unchecked because the pointers are not Sendable: the library counts references of a response under its own lock,
/// nothing is changed after `init`, and the body's memory lives until the last connection let go of it.
@safe public final class PreparedResponse: @unchecked Sendable {
    /// Status code, 200 to 599.
    public let status: Int
    /// Headers in the order they are sent.
    public let headers: [(HTTPHeaderName, String)]
    private let pointer: OpaquePointer
    private let bodyBytes: UnsafeRawBufferPointer

    /// Copies the body once. Throws `invalidResponseHeader` for a header that may not be sent.
    public init(_ response: Response) throws(HTTPServerError) {
        guard (200...599).contains(response.status) else {
            throw HTTPServerError(.invalidResponseHeader, "status \(response.status) cannot be sent")
        }
        let memory = unsafe Self.copy(response.body)
        // From here on the library frees the body, after the last connection that sends it.
        let created = unsafe MHD_create_response_from_buffer_with_free_callback(
            memory.count, memory.baseAddress
        ) { unsafe free($0) }
        guard let created = unsafe created else {
            unsafe free(memory.baseAddress)
            throw HTTPServerError(.cannotStart, "out of memory for a response")
        }
        status = response.status
        headers = response.headers
        unsafe pointer = created
        unsafe bodyBytes = UnsafeRawBufferPointer(memory)
        for (name, value) in headers where unsafe MHD_add_response_header(pointer, name.text, value) != .YES {
            throw HTTPServerError(.invalidResponseHeader, "header \(name.text) cannot be sent")
        }
    }

    deinit { unsafe MHD_destroy_response(pointer) }

    /// Bytes of the body.
    public var bodyByteCount: Int { unsafe bodyBytes.count }

    /// Lends the body; the span cannot outlive the call.
    public func withBody<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
        try unsafe body(bodyBytes.bytes)
    }

    /// The answer as a value, its body copied: for tests and for callers that change it.
    public var response: Response {
        Response(status: status, headers: headers, body: unsafe Array(bodyBytes))
    }

    /// Hands a reference to the connection; false when the connection cannot take an answer now.
    func queue(on connection: OpaquePointer) -> Bool {
        unsafe MHD_queue_response(connection, UInt32(status), pointer) == .YES
    }

    /// `malloc`, because the library releases it with `free`; one byte more than none, so that it is never NULL.
    private static func copy(_ body: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let memory = unsafe malloc(max(body.count, 1))
        guard let memory = unsafe memory else { fatalError("out of memory for a response of \(body.count) bytes") }
        let buffer = unsafe UnsafeMutableRawBufferPointer(start: memory, count: body.count)
        unsafe buffer.copyBytes(from: body)
        return unsafe buffer
    }
}

extension PreparedResponse {
    /// A small JSON error that never carries a detail. Text and code are constants without characters JSON escapes.
    static func plainError(
        _ status: Int, _ text: StaticString, code: StaticString, headers: [(HTTPHeaderName, String)] = []
    ) -> PreparedResponse {
        let common: [(HTTPHeaderName, String)] = [
            (.contentType, "application/json"), (.cacheControl, "no-store"), ("X-Content-Type-Options", "nosniff"),
        ]
        let response = Response(
            status: status, headers: common + headers,
            body: Array("{\"error\":\"\(text)\",\"code\":\"\(code)\"}".utf8))
        do {
            return try PreparedResponse(response)
        } catch {
            // Status and headers are constants of this module, so this is a mistake in the module itself.
            preconditionFailure("a built-in response is invalid: \(error)")
        }
    }

    /// What is sent when a handler failed or forgot to answer.
    static let internalError = plainError(500, "Internal error", code: "internal")
    /// What is sent to requests that a stopping server no longer serves.
    static let stopping = plainError(503, "Shutting down", code: "stopping", headers: [(.retryAfter, "1")])
    /// What is sent for a path no route has.
    static let notFound = plainError(404, "Not found", code: "not_found")
}
