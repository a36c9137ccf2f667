import Testing

@testable import HTTPServer

@Suite("Router")
struct RouterTests {
    /// Answers with the pattern and the parameters it was called with.
    private func echo(_ names: String...) -> Router.Handler {
        { _, parameters, responder in
            let values = names.map { parameters[$0] }
            let text = ([parameters.routePattern] + values).joined(separator: "|")
            responder.respond(Response(status: 200, body: Array(text.utf8)))
        }
    }

    private var router: Router {
        var router = Router()
        router.on(.get, "/", echo())
        router.on(.get, "/api/results/{wallet}/{token}", echo("wallet", "token"))
        router.on(.get, "/api/jobs/{job}", echo("job"))
        router.on(.post, "/api/jobs/{job}", echo("job"))
        router.on(.post, "/api/jobs/cancel", echo())
        router.on(.get, "/api/{kind}/latest", echo("kind"))
        return router
    }

    private func answer(_ method: HTTPMethod, _ target: String) async throws -> (status: Int, body: String) {
        let response = await router.handle(try Request(method: method, target: target)).response
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test(
        "A path finds its route and its decoded parameters",
        arguments: [
            (HTTPMethod.get, "/", "/"),
            (.get, "/api/results/w%2F1/%C3%A9?x", "/api/results/{wallet}/{token}|w/1|é"),
            (.get, "/api/jobs/7", "/api/jobs/{job}|7"), (.head, "/api/jobs/7", "/api/jobs/{job}|7"),
            (.post, "/api/jobs/cancel", "/api/jobs/cancel"), (.post, "/api/jobs/7", "/api/jobs/{job}|7"),
            (.get, "/api/jobs/cancel", "/api/jobs/{job}|cancel"), (.get, "/api/jobs/latest", "/api/jobs/{job}|latest"),
            (.get, "/api/wallets/latest", "/api/{kind}/latest|wallets"),
        ])
    func matches(method: HTTPMethod, target: String, expected: String) async throws {
        let answer = try await answer(method, target)
        #expect(answer.status == 200)
        #expect(answer.body == expected)
    }

    @Test("A path without a route is 404", arguments: ["/api", "/api/", "/api/jobs/", "/api/jobs/1/", "/API/jobs/1"])
    func notFound(target: String) async throws {
        let answer = try await answer(.get, target)
        #expect(answer.status == 404)
        #expect(answer.body == #"{"error":"Not found","code":"not_found"}"#)
    }

    @Test("A path without the method is 405 and says what is allowed")
    func methodNotAllowed() async throws {
        let request = try Request(method: .delete, target: "/api/jobs/7")
        let response = await router.handle(request).response
        #expect(response.status == 405)
        #expect(response.headers.first { $0.0 == .allow }?.1 == "GET, HEAD, POST")
        #expect(router.allowedMethods(for: request) == [.get, .head, .post])
    }

    @Test("A handler that forgets its responder answers 500")
    func unanswered() async throws {
        var router = Router()
        router.on(.get, "/") { _, _, _ in }
        #expect(await router.handle(try Request(method: .get, target: "/")).status == 500)
    }

    @Test("Only the first answer counts")
    func answeredTwice() async throws {
        var router = Router()
        router.on(.get, "/") { _, _, responder in
            #expect(responder.respond(Response(status: 200)))
            #expect(!responder.respond(Response(status: 404)))
        }
        #expect(await router.handle(try Request(method: .get, target: "/")).status == 200)
    }

    @Test(
        "A header that would split the answer becomes a 500",
        arguments: [("X-A", "1\r\nX-B: 2"), ("X A", "1"), ("X-A\n", "1")] as [(HTTPHeaderName, String)])
    func headerInjection(name: HTTPHeaderName, value: String) async throws {
        var router = Router()
        router.on(.get, "/") { _, _, responder in
            responder.respond(Response(status: 200, headers: [(name, value)]))
        }
        #expect(await router.handle(try Request(method: .get, target: "/")).status == 500)
    }

    @Test("Every route is listed with its method, for the check against the interface description")
    func registered() {
        let all = router.registered.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(all.count == 6)
        #expect(all.contains("POST /api/jobs/cancel"))
    }
}
