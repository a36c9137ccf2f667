import Accounting
import HTTPServer
import ReadModels
import Runtime
import Synchronization
import Testing

@testable import QueryAPI

/// Answers every question with what a test prepared, and remembers what was asked.
private final class PreparedAsker: QuestionAsker {
    let partitionCount: Int32 = 16
    let health = DatabaseHealth()
    let finding: Finding
    let asked = Mutex<[Question]>([])

    init(_ finding: Finding) { self.finding = finding }

    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter) {
        asked.withLock { $0.append(question) }
        waiter(finding)
    }
}

@Suite("Routes without a socket")
struct RouteTests {
    private static let found = Finding(
        .success(Answer(body: Array("{}".utf8), entityTag: "g1-3-41", isStorable: true)),
        projected: ProjectedOffsets(column: "3:42"))
    private static let solana = "So11111111111111111111111111111111111111112"

    private func routes(_ asker: PreparedAsker, origins: [String] = []) -> APIRoutes {
        APIRoutes(
            asker: asker, policy: DeliveryPolicy(allowedOrigins: origins, clock: WallClock { 0 }),
            registry: MetricsRegistry())
    }

    private func answer(
        _ target: String, method: HTTPMethod = .get, headers: [(HTTPHeaderName, String)] = [],
        _ finding: Finding = found
    ) async throws -> Response {
        let request = try Request(method: method, target: target, headers: headers)
        return await routes(PreparedAsker(finding)).handle(request).response
    }

    private func header(_ name: HTTPHeaderName, of response: Response) -> String? {
        response.headers.first { $0.0 == name }?.1
    }

    @Test(
        "Each route asks its own question on its own lane",
        arguments: [
            ("/api/results", "/api/results", Question.Lane.fast), ("/api/results?limit=101", "/api/results", .slow),
            ("/api/results?min_pnl=1", "/api/results", .slow), ("/api/results?offset=51", "/api/results", .slow),
            ("/api/results/\(solana)/portfolio", "portfolio", .fast), ("/api/results/\(solana)/native", "token", .slow),
            ("/api/v2/wallets/\(solana)/analysis", "analysis", .slow),
            ("/api/v2/wallets/\(solana)/analysis?include_copy_metrics=false", "analysis", .fast),
            ("/api/v2/wallets/\(solana)/trades", "trades", .slow),
            ("/api/v2/wallets/\(solana)/positions", "positions", .slow), ("/", "/", .fast),
        ])
    func questions(target: String, purpose: String, lane: Question.Lane) async throws {
        let asker = PreparedAsker(Self.found)
        let response = await routes(asker).handle(try Request(method: .get, target: target))
        #expect(response.status == 200)
        let asked = asker.asked.withLock { $0 }
        #expect(asked.map(\.purpose) == [purpose])
        #expect(asked.first?.lane == lane)
    }

    @Test(
        "Bad parameters are refused before anything is asked",
        arguments: [
            "/api/results?limit=0", "/api/results/0x12/portfolio", "/api/results/\(solana)/portfolio?chain=eth",
            "/api/results/\(solana)/0x12", "/api/v2/wallets/\(solana)/trades?max_transactions=0",
            "/api/v2/wallets/\(solana)/analysis?include_copy_metrics=perhaps", "/api/results?min_position=17:1",
        ])
    func refusals(target: String) async throws {
        let asker = PreparedAsker(Self.found)
        let response = await routes(asker).handle(try Request(method: .get, target: target)).response
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("{\"error\":\"Validation error: "))
        #expect(header(.cacheControl, of: response) == "no-store")
        #expect(asker.asked.withLock { $0.isEmpty })
    }

    @Test(
        "Entity tags are compared weakly, in a list, and by a star",
        arguments: [
            ("\"g1-3-41\"", 304), ("W/\"g1-3-41\"", 304), ("\"a\", \"g1-3-41\"", 304), ("*", 304), ("\"g1-3-4\"", 200),
            ("g1-3-41", 200),
        ])
    func conditions(value: String, status: Int) async throws {
        let response = try await answer("/api/results/\(Self.solana)/portfolio", headers: [(.ifNoneMatch, value)])
        #expect(response.status == status)
        #expect(response.body.isEmpty == (status == 304))
        #expect(header(.entityTag, of: response) == "\"g1-3-41\"")
    }

    @Test("A browser is told what pages of a listed origin may ask, of paths that are there")
    func preflight() async throws {
        let routes = routes(PreparedAsker(Self.found), origins: ["https://app.example"])
        func ask(_ target: String, from origin: String) async throws -> Response {
            let request = try Request(method: .options, target: target, headers: [(.origin, origin)])
            return await routes.handle(request).response
        }
        let listed = try await ask("/api/results", from: "https://app.example")
        #expect(listed.status == 204)
        #expect(listed.body.isEmpty)
        #expect(header("Access-Control-Allow-Origin", of: listed) == "https://app.example")
        #expect(header("Access-Control-Allow-Methods", of: listed) == "GET, HEAD")
        #expect(header("Access-Control-Allow-Headers", of: listed) == "If-None-Match, Content-Type")
        #expect(header("Access-Control-Max-Age", of: listed) == "3600")
        #expect(header(.vary, of: listed) == "Origin")
        #expect(try await ask("/api/results", from: "https://evil.example").status == 405)
        #expect(try await ask("/api/nothing", from: "https://app.example").status == 404)
    }

    @Test("Questions that take long go one at a time, so that none waits for another's answer")
    func rounds() {
        #expect(Question.Lane.slow.roundCount == 1)
        #expect(Question.Lane.fast.roundCount > 1)
    }

    @Test("No round begins once they are closed, and those under way are named until they end")
    func runningRounds() {
        let rounds = RunningRounds()
        let seen = rounds.run(on: 7) { () -> [Int32] in
            rounds.close()
            return rounds.backends(afterMilliseconds: 0)
        }
        #expect(seen == [7])
        #expect(rounds.backends(afterMilliseconds: 0) == [])
        #expect(rounds.run(on: 7) { true } == nil)
    }

    @Test("A demand that is not met is refused, also where the answer would be that nothing is there")
    func minimum() async throws {
        let path = "/api/results/\(Self.solana)/portfolio"
        #expect(try await answer("\(path)?min_position=3:41").status == 200)
        let behind = try await answer("\(path)?min_position=3:42")
        #expect(behind.status == 503)
        #expect(header(.retryAfter, of: behind) == "1")
        let absent = Finding(
            .failure(APIError(.notTracked, "none")), projected: ProjectedOffsets(column: "3:42"))
        #expect(try await answer("\(path)?min_position=3:42", absent).status == 503)
        #expect(try await answer("\(path)?min_position=3:41", absent).status == 404)
        let away = try await answer("\(path)?min_position=3:42", Finding(.databaseUnavailable))
        #expect(String(decoding: away.body, as: UTF8.self).contains("database_unavailable"))
    }

    @Test("Readiness follows what the database threads saw")
    func readiness() throws {
        let health = DatabaseHealth()
        func problem(_ now: Int64) -> String? { health.snapshot.problem(now: now, maximumAgeMicroseconds: 10) }
        #expect(problem(0) == "the database was never reached")
        health.noteGeneration(RenderingTests.generation, isSupported: true)
        health.noteSuccess(now: 1)
        #expect(problem(11) == nil)
        #expect(problem(12) == "the database does not answer")
        health.noteFailure(now: 2)
        #expect(problem(3) == "the database cannot be reached")
        health.noteSuccess(now: 4)
        health.noteGeneration(RenderingTests.generation, isSupported: false)
        #expect(problem(5)?.contains("layout") == true)
        #expect(HealthBody.readiness(health.snapshot, now: 5).status == 503)
    }

    @Test("Questions under way are joined by their key, and each waiter is answered once")
    func flights() {
        let flights = Flights()
        let question = WalletRequestExample.question
        let answered = Mutex<[Int]>([])
        for number in 0..<3 {
            let isFirst = flights.join(question.key) { _ in answered.withLock { $0.append(number) } }
            #expect(isFirst == (number == 0))
        }
        flights.land(question.key, Finding(.timeout))
        flights.land(question.key, Finding(.timeout))
        #expect(answered.withLock { $0 } == [0, 1, 2])
        #expect(flights.join(question.key) { _ in })
    }
}

private enum WalletRequestExample {
    static var question: Question { .walletPage() }
}
