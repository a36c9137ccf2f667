import Testing

@testable import HTTPServer

@Suite("Requests")
struct RequestTests {
    @Test("The path is split before it is decoded, so an encoded slash stays inside its segment")
    func splitBeforeDecoding() throws {
        let request = try Request(method: .get, target: "/a%2Fb/%C3%A9/c?x=1")
        #expect(request.segments == ["a/b", "é", "c"])
        #expect(request.path == "/a%2Fb/%C3%A9/c")
        #expect(request.encodedQuery == "x=1")
        #expect(request.target == "/a%2Fb/%C3%A9/c?x=1")
    }

    @Test(
        "Empty segments are kept, the root has none",
        arguments: [("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/?q", [])])
    func emptySegments(target: String, segments: [String]) throws {
        #expect(try Request(method: .get, target: target).segments == segments)
    }

    @Test(
        "A target that is not well formed is refused",
        arguments: [
            "", "a", "*", "http://host/a", "/%", "/%2", "/%zz", "/%00", "/a b", "/a\u{7f}", "/a\n", "/%ff", "/%c3",
            "/?q=%", "/?q=%0g", "/?q=%00", "/?q=%ff", "/?%c3=%a9", "/..", "/a/../b", "/a/%2e%2e/b", "/./a", "/%2E",
        ])
    func malformedTargets(target: String) {
        #expect(throws: HTTPServerError.self) { try Request(method: .get, target: target) }
    }

    @Test("A plus is a space in the query and a plus in the path")
    func plus() throws {
        let request = try Request(method: .get, target: "/a+b?k+1=v+2%2B")
        #expect(request.segments == ["a+b"])
        #expect(request.query["k 1"] == "v 2+")
    }

    @Test("Repeated keys, empty values and missing equals signs are all visible")
    func queryParameters() throws {
        let query = try Request(method: .get, target: "/?a=1&b&a=2&&c=&=x&d=e=f&%26=%3D").query
        #expect(query.values(of: "a") == ["1", "2"])
        #expect(query["a"] == "1")
        #expect(query["b"] == "")
        #expect(query["c"] == "")
        #expect(query[""] == "x")
        #expect(query["d"] == "e=f")
        #expect(query["&"] == "=")
        #expect(query["missing"] == nil)
        #expect(query.firstRepeatedKey == "a")
        #expect(query.all.map(\.key) == ["a", "b", "a", "c", "", "d", "&"])
        #expect(try Request(method: .get, target: "/?a=1&b=2").query.firstRepeatedKey == nil)
        #expect(try Request(method: .get, target: "/").query.all.isEmpty)
    }

    @Test("Headers are found without regard to case, the first of several wins")
    func headers() throws {
        let request = try Request(
            method: .get, target: "/", headers: [("If-None-Match", "\"1\""), ("X-A", "1"), ("x-a", "2")])
        #expect(request.header(.ifNoneMatch) == "\"1\"")
        #expect(request.header("IF-NONE-MATCH") == "\"1\"")
        #expect(request.header("X-a") == "1")
        #expect(request.header("X") == nil)
        #expect(request.withHeader("X-A") { $0?.byteCount } == 1)
        #expect(request.withHeader("X-B") { $0?.byteCount } == nil)
    }

    @Test("Header names that differ in case only are equal and hash alike")
    func headerNames() {
        #expect(HTTPHeaderName("ETag") == HTTPHeaderName("etag"))
        #expect(Set<HTTPHeaderName>(["ETag", "etag", "Vary"]).count == 2)
    }

    @Test("Loopback is known in both families")
    func loopback() {
        #expect(PeerAddress(version4: 0x7f00_0001).isLoopback)
        #expect(PeerAddress(bits: 1).isLoopback)
        #expect(!PeerAddress(version4: 0x0a00_0001).isLoopback)
        #expect(!PeerAddress(bits: 0x2001 << 112).isLoopback)
    }
}
