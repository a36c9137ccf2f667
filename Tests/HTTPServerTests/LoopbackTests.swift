import Glibc
import Synchronization
import Testing

@testable import HTTPServer

/// Keeps responders until a test answers them.
private final class Shelf: Sendable {
    let responders = Mutex<[Responder]>([])

    func put(_ responder: Responder) { responders.withLock { $0.append(responder) } }

    /// Takes what is there once there is as much as asked for. Spins, since it waits for another thread of the test.
    func take(_ count: Int) -> [Responder] {
        while responders.withLock({ $0.count }) < count { sched_yield() }
        return responders.withLock { kept in
            defer { kept = [] }
            return kept
        }
    }
}

/// What the observer was told.
private final class Journal: Sendable {
    private let entries = Mutex<[CompletedRequest]>([])

    var all: [CompletedRequest] { entries.withLock { $0 } }
    func add(_ request: CompletedRequest) { entries.withLock { $0.append(request) } }
}

/// A server with one route for each behaviour under test.
private final class TestServer: Sendable {
    let server: HTTPServer
    let shelf = Shelf()
    let journal = Journal()

    init(_ change: (inout HTTPServerConfiguration) -> Void = { _ in }) throws {
        var configuration = HTTPServerConfiguration()
        configuration.allowedHosts = ["test.example"]
        configuration.maximumBodyBytes = 1000
        configuration.maximumTargetBytes = 200
        change(&configuration)
        let ready = try PreparedResponse(
            Response(status: 200, headers: [(.entityTag, "\"1\"")], body: Array("ready".utf8)))
        var router = Router()
        router.on(.get, "/ready") { _, _, responder in responder.respond(ready) }
        router.on(.get, "/echo/{text}") { request, parameters, responder in
            let text = parameters["text"] + "|" + (request.query["q"] ?? "")
            responder.respond(Response(status: 200, body: Array(text.utf8)))
        }
        router.on(.post, "/body") { request, _, responder in
            responder.respond(Response(status: 200, body: request.body))
        }
        router.on(.get, "/peer") { request, _, responder in
            responder.respond(Response(status: request.peer?.isLoopback == true ? 200 : 403))
        }
        router.on(.get, "/forgotten") { _, _, _ in }
        router.on(.get, "/later") { [shelf] _, _, responder in shelf.put(responder) }
        router.on(.get, "/thread") { _, _, responder in
            startThread { responder.respond(ready) }
        }
        server = try HTTPServer(configuration, handler: router) { [journal] in journal.add($0) }
    }

    func stop(graceMilliseconds: Int = 2000) throws { try server.stop(graceMilliseconds: graceMilliseconds) }

    /// Runs the body with one connection, on a plain thread, then stops the server.
    static func with<Result: Sendable>(
        _ change: (inout HTTPServerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (LoopbackClient, TestServer) throws -> Result
    ) async throws -> Result {
        let test = try TestServer(change)
        return try await withTaskExecutorPreference(ThreadExecutor()) {
            let result = try body(LoopbackClient(port: test.server.port), test)
            try test.stop()
            return result
        }
    }
}

@Suite("HTTPServer over loopback")
struct LoopbackTests {
    @Test("One connection serves many requests, with a date and without naming the software")
    func keepAlive() async throws {
        try await TestServer.with { client, test in
            for _ in 0..<100 {
                let answer = client.get("/ready")
                #expect(answer?.status == 200)
                #expect(answer?.body == "ready")
                #expect(answer?.head.contains("\r\nETag: \"1\"") == true)
                #expect(answer?.head.contains("\r\nDate: ") == true)
                #expect(answer?.head.contains("\r\nServer:") == false)
            }
        }
    }

    @Test("Pipelined requests are answered in order, also when one of them waits")
    func pipelined() async throws {
        try await TestServer.with { client, test in
            let line = { (target: String) in "GET \(target) HTTP/1.1\r\nHost: test.example\r\n\r\n" }
            client.send(line("/echo/1") + line("/thread") + line("/echo/3?q=a+b") + line("/echo/a%2Fb"))
            #expect(client.receive()?.body == "1|")
            #expect(client.receive()?.body == "ready")
            #expect(client.receive()?.body == "3|a b")
            #expect(client.receive()?.body == "a/b|")
        }
    }

    @Test("HEAD has the length of GET and no body")
    func head() async throws {
        try await TestServer.with { client, test in
            let answer = client.get("/ready", method: "HEAD")
            #expect(answer?.status == 200)
            #expect(answer?.head.contains("Content-Length: 5") == true)
            #expect(client.get("/ready")?.body == "ready")
        }
    }

    @Test("A request answered from another thread is suspended and resumed, a thousand times in a row")
    func suspended() async throws {
        try await TestServer.with { client, test in
            for _ in 0..<1000 { #expect(client.get("/thread")?.body == "ready") }
        }
    }

    @Test("A thousand requests wait at once and each gets its answer")
    func parallelSuspended() async throws {
        try await TestServer.with { _, test in
            let clients = (0..<1000).map { _ in LoopbackClient(port: test.server.port) }
            for client in clients { client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n") }
            for (index, responder) in test.shelf.take(1000).enumerated() {
                responder.respond(Response(status: 200, body: Array("\(index)".utf8)))
            }
            let bodies = Set(clients.compactMap { $0.receive()?.body })
            #expect(bodies == Set((0..<1000).map(String.init)))
        }
    }

    @Test("A body arrives whole; one above the limit is answered 413 before it is sent")
    func bodies() async throws {
        try await TestServer.with { client, test in
            let body = String(repeating: "x", count: 1000)
            #expect(client.get("/body", method: "POST", body: body)?.body == body)
            client.send("POST /body HTTP/1.1\r\nHost: test.example\r\nContent-Length: 1001\r\n\r\n")
            #expect(client.receive()?.status == 413)
            #expect(client.isClosedByServer())
        }
    }

    @Test("A target above the limit is 414, within the connection's memory and beyond it", arguments: [200, 40000])
    func longTarget(count: Int) async throws {
        try await TestServer.with { client, test in
            #expect(client.get("/" + String(repeating: "a", count: count))?.status == 414)
            #expect(client.isClosedByServer())
        }
    }

    @Test(
        "What could smuggle a second request is answered once and the connection closed",
        arguments: [
            ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400),
            ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", 400),
            ("Content-Length : 4\r\n", 400), ("Content-Length\t: 4\r\n", 400),
            ("Transfer-Encoding : chunked\r\nContent-Length: 4\r\n", 400),
            ("Content-Length: 4\r\nContent-Length: 0\r\n", 400), ("Content-Length: -1\r\n", 400),
            ("Transfer-Encoding: chunked\r\n", 411), ("Transfer-Encoding: gzip, chunked\r\n", 411),
        ])
    func smuggling(headers: String, status: Int) async throws {
        try await TestServer.with { client, test in
            client.send(
                "POST /body HTTP/1.1\r\nHost: test.example\r\n\(headers)\r\n0\r\n\r\n"
                    + "GET /ready HTTP/1.1\r\nHost: test.example\r\n\r\n")
            #expect(client.receive()?.status == status)
            #expect(client.receive() == nil)
        }
    }

    @Test(
        "A bad escape, a NUL and a dot segment are 400",
        arguments: ["/%zz", "/%00", "/echo/a%", "/?q=%ff", "/../a", "/ready x", "ready"])
    func malformedTarget(target: String) async throws {
        try await TestServer.with { client, test in
            #expect(client.get(target)?.status == 400)
            #expect(client.isClosedByServer())
        }
    }

    @Test("A raw NUL in the target is 400 and not the end of the path")
    func rawNul() async throws {
        try await TestServer.with { client, test in
            #expect(client.get("/ready\0x")?.status == 400)
        }
    }

    @Test("A host that is not served is 421, none at all is 400", arguments: [("Host: evil\r\n", 421), ("", 400)])
    func wrongHost(header: String, status: Int) async throws {
        try await TestServer.with { client, test in
            client.send("GET /ready HTTP/1.1\r\n\(header)\r\n")
            #expect(client.receive()?.status == status)
            #expect(client.isClosedByServer())
        }
    }

    @Test("A refusal has a code, and is neither kept nor guessed at", arguments: Refusal.allCases)
    func refusalShape(refusal: Refusal) {
        let response = refusal.response.response
        #expect(String(decoding: response.body, as: UTF8.self).contains(#","code":""#))
        #expect(response.headers.contains { $0.0 == .cacheControl && $0.1 == "no-store" })
        #expect(response.headers.contains { $0.0 == "X-Content-Type-Options" && $0.1 == "nosniff" })
        #expect(refusal.response.response.headers.contains { $0.0 == .contentType && $0.1 == "application/json" })
    }

    @Test("HTTP/1.0 needs a host too, and gets its answer")
    func version10() async throws {
        try await TestServer.with { client, test in
            client.send("GET /ready HTTP/1.0\r\nHost: test.example\r\n\r\n")
            #expect(client.receive()?.body == "ready")
            #expect(client.isClosedByServer())
            let other = LoopbackClient(port: test.server.port)
            other.send("GET /ready HTTP/1.0\r\n\r\n")
            #expect(other.receive()?.status == 400)
        }
    }

    @Test("Wrong method 405, unknown path 404, unknown method 501")
    func routing() async throws {
        try await TestServer.with { client, test in
            let answer = client.get("/ready", method: "DELETE")
            #expect(answer?.status == 405)
            #expect(answer?.head.contains("Allow: GET, HEAD") == true)
            #expect(client.get("/nowhere")?.status == 404)
            #expect(client.get("/ready", method: "BREW")?.status == 501)
        }
    }

    @Test("A forgotten responder answers 500, at once or later")
    func forgotten() async throws {
        try await TestServer.with { client, test in
            #expect(client.get("/forgotten")?.status == 500)
            client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n")
            _ = test.shelf.take(1)
            #expect(client.receive()?.status == 500)
            #expect(client.get("/ready")?.status == 200)
        }
    }

    @Test("A stop waits for a suspended request that is answered in time")
    func stopWaits() async throws {
        try await TestServer.with { client, test in
            client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n")
            let responder = test.shelf.take(1)[0]
            startThread { responder.respond(Response(status: 200)) }
            try test.stop(graceMilliseconds: 10_000)
            #expect(client.receive()?.status == 200)
        }
    }

    @Test("A stop answers 503 to what is still suspended after the grace period, and a late answer is refused")
    func stopRefuses() async throws {
        try await TestServer.with { client, test in
            let others = (0..<50).map { _ in LoopbackClient(port: test.server.port) }
            for client in others + [client] { client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n") }
            let responders = test.shelf.take(51)
            let elapsed = try ContinuousClock().measure { try test.stop(graceMilliseconds: 50) }
            #expect(elapsed >= .milliseconds(50))
            #expect(elapsed < .milliseconds(1500))
            for client in others + [client] { #expect(client.receive()?.status == 503) }
            for responder in responders { #expect(!responder.respond(Response(status: 200))) }
        }
    }

    @Test("Clients that left while their requests were suspended do not hold up a stop")
    func stopAfterDepartures() async throws {
        try await TestServer.with { _, test in
            let responders = {
                let leaving = (0..<50).map { _ in LoopbackClient(port: test.server.port) }
                for client in leaving { client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n") }
                return test.shelf.take(50)
            }()
            for responder in responders { responder.respond(Response(status: 200)) }
            let elapsed = try ContinuousClock().measure { try test.stop(graceMilliseconds: 5000) }
            #expect(elapsed < .milliseconds(2500))
        }
    }

    @Test("An idle connection and a half-sent request do not hold up a stop beyond the grace period")
    func stopWithUnfinishedRequest() async throws {
        try await TestServer.with { client, test in
            #expect(client.get("/ready")?.status == 200)
            let idle = try ContinuousClock().measure { try test.stop(graceMilliseconds: 5000) }
            #expect(idle < .milliseconds(2500))
            #expect(client.isClosedByServer())
        }
        try await TestServer.with { client, test in
            #expect(client.get("/ready")?.status == 200)
            client.send("POST /body HTTP/1.1\r\nHost: test.example\r\nContent-Length: 9\r\n\r\nhalf")
            try test.stop(graceMilliseconds: 10)
            #expect(client.isClosedByServer())
        }
    }

    @Test("A busy port is an error that names host, port and reason")
    func busyPort() throws {
        let first = try TestServer()
        var configuration = HTTPServerConfiguration()
        configuration.port = first.server.port
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer(configuration, handler: Router())
        }
        #expect(error?.code == .addressInUse)
        #expect(error?.description == "cannot listen on 127.0.0.1:\(first.server.port): address in use")
        try first.stop()
    }

    @Test("The observer sees pattern, status and size of each answer, and each exchange ends exactly once")
    func observer() async throws {
        let completed = try await TestServer.with { client, test in
            _ = client.get("/echo/abc")
            _ = client.get("/thread")
            _ = client.get("/nowhere")
            _ = client.get("/%zz")
            // A head that ends in the middle leaves an exchange behind that never had an answer.
            let broken = LoopbackClient(port: test.server.port)
            broken.send("GET /ready HTTP/1.1\r\nHost: test.example\r\nX\r\n\r\n")
            _ = broken.receive()
            // An exchange that never ended would hold up the stop for all of its grace period.
            let elapsed = try ContinuousClock().measure { try test.stop(graceMilliseconds: 5000) }
            #expect(elapsed < .milliseconds(2500))
            return test.journal.all
        }
        let expected = ["/echo/{text} 200 4", "/thread 200 5", "unmatched 404 40", "unmatched 400 56"]
        #expect(completed.prefix(4).map { "\($0.routePattern) \($0.status) \($0.bodyByteCount)" } == expected)
        #expect(completed.allSatisfy { $0.durationMicroseconds >= 0 })
    }

    @Test("The port is read back over IPv6 too")
    func version6() throws {
        var configuration = HTTPServerConfiguration()
        configuration.host = "::1"
        let server = try HTTPServer(configuration, handler: Router())
        #expect(server.port != 0)
        try server.stop(graceMilliseconds: 0)
    }

    @Test("The handler knows who is connected")
    func peer() async throws {
        try await TestServer.with { client, test in
            #expect(client.get("/peer")?.status == 200)
        }
    }

    @Test("A stop gives up on a handler that does not return, instead of hanging")
    func stopAbandons() async throws {
        let isReleased = Journal()
        let isBlocked = Journal()
        let mark = CompletedRequest(
            routePattern: "/", method: nil, status: 200, durationMicroseconds: 0, bodyByteCount: 0)
        var router = Router()
        router.on(.get, "/") { _, _, responder in
            isBlocked.add(mark)
            while isReleased.all.isEmpty { sched_yield() }
        }
        var configuration = HTTPServerConfiguration()
        configuration.allowedHosts = ["test.example"]
        let server = try HTTPServer(configuration, handler: router)
        let code = await withTaskExecutorPreference(ThreadExecutor()) {
            let client = LoopbackClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: test.example\r\n\r\n")
            while isBlocked.all.isEmpty { sched_yield() }
            let error = #expect(throws: HTTPServerError.self) {
                try server.stop(graceMilliseconds: 1, abandonMilliseconds: 1)
            }
            isReleased.add(mark)
            return error?.code
        }
        #expect(code == .stopTimedOut)
    }

    @Test("Stops race with answers from other threads and lose none of them")
    func stopRaces() async throws {
        for _ in 0..<20 {
            try await TestServer.with { _, test in
                let clients = (0..<20).map { _ in LoopbackClient(port: test.server.port) }
                for client in clients { client.send("GET /later HTTP/1.1\r\nHost: test.example\r\n\r\n") }
                let responders = test.shelf.take(20)
                startThread {
                    for responder in responders { responder.respond(Response(status: 200)) }
                }
                try test.stop(graceMilliseconds: 0)
                for client in clients {
                    let status = client.receive()?.status
                    #expect(status == 200 || status == 503)
                }
            }
        }
    }
}
