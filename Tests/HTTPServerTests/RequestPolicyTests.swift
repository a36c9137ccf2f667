import Testing

@testable import HTTPServer

@Suite("Request policy")
struct RequestPolicyTests {
    private func refusal(
        _ headers: [(String, String)], allowedHosts: [String] = ["api.example"], maximumBodyBytes: Int = 10,
        host: String = "127.0.0.1", port: UInt16 = 8080
    ) throws -> Refusal? {
        var configuration = HTTPServerConfiguration()
        configuration.allowedHosts = allowedHosts
        configuration.maximumBodyBytes = maximumBodyBytes
        configuration.host = host
        var builder = RequestHeadBuilder(target: "/".utf8)
        for (name, value) in headers { builder.appendHeader(name: name.utf8, value: value.utf8) }
        return RequestPolicy(configuration, port: port).refusal(of: try #require(builder.build()))
    }

    @Test(
        "Two lengths, or one that is no number, are refused as ambiguous",
        arguments: [
            [("Content-Length", "3"), ("Transfer-Encoding", "chunked")],
            [("content-length", "3"), ("Content-Length", "3")],
            [("Content-Length", "+3")], [("Content-Length", "")], [("Content-Length", "0x3")],
            [("Content-Length", "3, 3")],
        ])
    func ambiguousLength(headers: [(String, String)]) throws {
        #expect(try refusal([("Host", "api.example")] + headers) == .ambiguousLength)
    }

    @Test("A body without a stated length is refused with 411")
    func lengthRequired() throws {
        #expect(try refusal([("Host", "api.example"), ("Transfer-Encoding", "chunked")]) == .lengthRequired)
    }

    @Test(
        "A body is refused above the limit and taken at the limit",
        arguments: [("10", nil), ("11", Refusal.bodyTooLarge), ("99999999999999999999", .bodyTooLarge)])
    func bodyLimit(length: String, expected: Refusal?) throws {
        #expect(try refusal([("Host", "api.example"), ("Content-Length", length)]) == expected)
    }

    @Test(
        "A header name with a space or another impossible byte is refused", arguments: ["Host ", "A B", "", "A\u{e9}"])
    func headerNames(name: String) throws {
        #expect(try refusal([("Host", "api.example"), (name, "1")]) == .malformed)
    }

    @Test(
        "The host is compared with the list, without regard to case, and with any port when the list names none",
        arguments: [
            ("api.example", true), ("API.Example:1234", true), ("api.example.evil", false), ("evil", false),
            ("", false),
            ("fixed:80", true), ("fixed:81", false), ("fixed", false),
        ])
    func hosts(host: String, isAllowed: Bool) throws {
        let refusal = try refusal([("Host", host)], allowedHosts: ["api.example", "fixed:80"])
        #expect(refusal == (isAllowed ? nil : .wrongHost))
    }

    @Test(
        "Without a list the bound host and loopback are served, with the port",
        arguments: [
            ("10.0.0.7:8080", true), ("localhost:8080", true), ("127.0.0.1:8080", true), ("[::1]:8080", true),
            ("localhost", false), ("localhost:8081", false), ("rebound.example:8080", false),
        ])
    func defaultHosts(host: String, isAllowed: Bool) throws {
        let refusal = try refusal([("Host", host)], allowedHosts: [], host: "10.0.0.7")
        #expect(refusal == (isAllowed ? nil : .wrongHost))
    }

    @Test("The default port may be left out of the host")
    func defaultPort() throws {
        #expect(try refusal([("Host", "localhost")], allowedHosts: [], port: 80) == nil)
    }

    @Test("No host and two hosts are malformed")
    func hostCount() throws {
        #expect(try refusal([]) == .malformed)
        #expect(try refusal([("Host", "api.example"), ("host", "api.example")]) == .malformed)
    }

    @Test("A configuration out of range names key, value and bound")
    func configuration() {
        var configuration = HTTPServerConfiguration()
        configuration.threads = 0
        let error = #expect(throws: HTTPServerError.self) { try configuration.validate() }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.description == "threads is 0, must be 1 to 256")
    }
}
