import Accounting
import Events
import Foundation
import Glibc
import Postgres
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import QueryAPI

@Suite("query-api refuses by name and recovers")
struct QueryAPIRefusalTests {
    typealias Fixture = QueryAPIFixture

    @Test("A wallet without data is not tracked, or pending once something is known of it")
    func absence() async throws {
        let fixture = try Fixture()
        let stranger = Scenario.address([77]).text(on: .solana)
        let unknown = try await fixture.get("/api/results/\(stranger)/portfolio")
        #expect(unknown.status == 404)
        #expect(unknown["code"] == "not_tracked")
        #expect(unknown["error"]?.hasPrefix("Not found: ") == true)
        #expect(unknown["error"]?.contains("PUT /api/wallets/\(stranger)?chain=solana") == true)
        #expect(unknown.headers["cache-control"] == "no-store")
        _ = try fixture.installation.rows(
            """
            INSERT INTO base.tracked_wallets
            SELECT chain, set_byte(wallet, 0, 77), true, 'c', 'a', 'r', 0 FROM pnl_g1.wallet_pnl WHERE chain = 1
            """)
        let pending = try await fixture.get("/api/v2/wallets/\(stranger)/trades")
        #expect(pending.status == 404)
        #expect(pending["code"] == "pending")
        #expect(pending.headers["retry-after"] == "5")
    }

    @Test("An address with data on several chains has to say which")
    func ambiguity() async throws {
        let fixture = try Fixture()
        let reply = try await fixture.get("/api/results/\(Fixture.evm)/portfolio")
        #expect(reply.status == 400)
        #expect(reply["code"] == "ambiguous_chain")
        #expect(reply["error"]?.contains("ethereum, base") == true)
        let upper = "0X" + Fixture.evm.dropFirst(2).uppercased()
        let named = try await fixture.get("/api/results/\(upper)/portfolio?chain=eth")
        #expect(named["data", "chain"] == "ethereum")
        #expect(try await fixture.get("/api/results/\(Fixture.evm)/portfolio?chain=bnb")["code"] == "not_tracked")
    }

    @Test("Tokens that are unknown or excluded are not found")
    func tokens() async throws {
        let fixture = try Fixture()
        let path = "/api/results/\(Fixture.solana)"
        let unknown = try await fixture.get("\(path)/\(Scenario.address([99]).text(on: .solana))")
        #expect(unknown.status == 404)
        #expect(unknown["code"] == "unknown_token")
        let excluded = try await fixture.get("\(path)/\(QueryAPIExamples.excludedToken.text(on: .solana))")
        #expect(excluded["code"] == "excluded_token")
        #expect(excluded["error"]?.contains("USDC is left out of the results by the rule set: ") == true)
        #expect(try await fixture.get("\(path)/native")["code"] == "unknown_token")
    }

    @Test("Only GET and HEAD are taken, and a HEAD has no body")
    func methods() async throws {
        let fixture = try Fixture()
        let post = try await fixture.get("/api/results", method: "POST")
        #expect(post.status == 405)
        #expect(post.headers["allow"] == "GET, HEAD")
        #expect(post["code"] == "method_not_allowed")
        let head = try await fixture.get("/api/results", method: "HEAD")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(try await fixture.get("/api/nothing")["code"] == "not_found")
    }

    @Test("A version that the client has is answered 304, another one anew")
    func conditions() async throws {
        let fixture = try Fixture()
        let target = "/api/results/\(Fixture.solana)/portfolio"
        let first = try await fixture.get(target)
        let tag = try #require(first.headers["etag"])
        #expect(tag == "\"g1-r1.1-1-3-41-\(Fixture.writtenAt)-2\"")
        let second = try await fixture.get(target, headers: ["If-None-Match": "\"other\", W/\(tag)"])
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
        _ = try fixture.installation.rows("UPDATE pnl_g1.wallet_pnl SET is_degraded = true WHERE chain = 1")
        #expect(try await fixture.get(target, headers: ["If-None-Match": tag]).status == 200)
    }

    @Test("A position that is not reached is refused until it is")
    func minimumPosition() async throws {
        let fixture = try Fixture()
        for target in ["/api/results?min_position=", "/api/results/\(Fixture.solana)/portfolio?min_position="] {
            #expect(try await fixture.get(target + "3:41").status == 200)
            #expect(try await fixture.get(target + "v1:8,3:42").status == 200)
            let behind = try await fixture.get(target + "3:42")
            #expect(behind.status == 503)
            #expect(behind["code"] == "behind")
            #expect(behind.headers["retry-after"] == "1")
            #expect(try await fixture.get(target + "16:1").status == 400)
        }
        let stranger = Scenario.address([77]).text(on: .solana)
        let absent = "/api/results/\(stranger)/portfolio?min_position=3:42"
        #expect(try await fixture.get(absent)["code"] == "behind")
        try Fixture.advance(partition: 3, to: 43, fixture.installation)
        #expect(try await fixture.get("/api/results?min_position=3:42").status == 200)
        #expect(try await fixture.get(absent)["code"] == "not_tracked")
    }

    @Test("Pages of a listed origin may read, others not")
    func origins() async throws {
        let fixture = try Fixture(origins: ["https://app.example"])
        let listed = try await fixture.get("/api/results", headers: ["Origin": "https://app.example"])
        #expect(listed.headers["access-control-allow-origin"] == "https://app.example")
        #expect(listed.headers["vary"] == "Origin")
        let other = try await fixture.get("/api/results", headers: ["Origin": "https://evil.example"])
        #expect(other.headers["access-control-allow-origin"] == nil)
        let foreign = try await fixture.get("/api/results", headers: ["Host": "evil.example"])
        #expect(foreign.status == 421)
    }

    @Test("The generation that is live is the one that is read, and a flip is followed at once")
    func flip() async throws {
        let fixture = try Fixture()
        let target = "/api/results/\(Fixture.solana)/portfolio"
        #expect(try await fixture.get(target)["generation"] == "1")
        try makeGeneration(2, layout: 1, fixture.installation)
        var numbers = QueryAPIExamples.solana
        numbers.portfolio.total = QueryAPIExamples.dollars(81)
        try Fixture.write(
            [QueryAPIExamples.folded(QueryAPIExamples.solanaWallet, numbers, offset: 41, partition: 3)], in: 2,
            of: fixture.installation)
        _ = try fixture.installation.rows("UPDATE base.live SET generation = 2")
        for _ in 0..<8 {
            let reply = try await fixture.get(target)
            #expect(reply["generation"] == "2")
            #expect(reply["data", "portfolio_result", "total_pnl_usd"] == "81")
            #expect(reply.headers["etag"]?.hasPrefix("\"g2-r1.1-1-3-41-") == true)
        }
        _ = try fixture.installation.rows("UPDATE base.live SET generation = 1")
        _ = try fixture.installation.rows("DROP SCHEMA pnl_g2 CASCADE")
        #expect(try await fixture.get(target)["generation"] == "1")
    }

    @Test("A generation of another layout is refused, not misread")
    func foreignLayout() async throws {
        let fixture = try Fixture()
        try makeGeneration(2, layout: 1_000, fixture.installation)
        _ = try fixture.installation.rows("UPDATE base.live SET generation = 2")
        let reply = try await fixture.get("/api/results")
        #expect(reply.status == 503)
        #expect(reply["code"] == "generation_unsupported")
        #expect(try await fixture.get("/health/ready").status == 503)
        _ = try fixture.installation.rows("UPDATE base.live SET generation = 1")
        #expect(try await fixture.get("/api/results").status == 200)
        #expect(try await fixture.get("/health/ready").status == 200)
    }

    @Test("While PostgreSQL is away requests get 503 and readiness says so; when it is back everything is")
    func databaseAway() async throws {
        let server = try PrivatePostgres()
        let fixture = try Fixture(server: server)
        let target = "/api/results/\(Fixture.solana)/portfolio"
        #expect(try await fixture.get(target).status == 200)
        try server.kill()
        for lane in [target, "/api/v2/wallets/\(Fixture.solana)/trades"] {
            let away = try await fixture.get(lane)
            #expect(away.status == 503)
            #expect(away["code"] == "database_unavailable")
            #expect(away["error"] == "Service unavailable: the database cannot be reached")
            #expect(away.headers["retry-after"] == "1")
        }
        #expect(try await fixture.get("/health/ready").status == 503)
        #expect(try await fixture.get("/health").status == 200)
        try server.start()
        let deadline = ContinuousClock.now + .seconds(20)
        var reply = try await fixture.get(target)
        while reply.status != 200, ContinuousClock.now < deadline { reply = try await fixture.get(target) }
        #expect(reply.status == 200)
        #expect(try await fixture.get("/health/ready").status == 200)
    }

    @Test("A statement that takes too long is answered with a timeout, and holds up nobody else")
    func statementTimeout() async throws {
        let fixture = try Fixture(limits: .impatient)
        let lock = try PostgresConnection(fixture.installation.configuration("postgres"))
        defer { lock.close() }
        _ = try lock.query(PostgresStatement(name: "begin", "BEGIN"))
        _ = try lock.query(
            PostgresStatement(name: "lock", "LOCK TABLE pnl_g1.disposals IN ACCESS EXCLUSIVE MODE"))
        let late = try await fixture.get("/api/v2/wallets/\(Fixture.solana)/trades")
        #expect(late.status == 503)
        #expect(late["code"] == "timeout")
        #expect(late.headers["retry-after"] == "5")
        #expect(try await fixture.get("/api/results/\(Fixture.solana)/portfolio").status == 200)
    }

    @Test("A server that falls silent is a timeout too: it is not asked again, and not said to be away")
    func silence() async throws {
        let fixture = try Fixture(limits: .impatient)
        let target = "/api/v2/wallets/\(Fixture.solana)/trades"
        #expect(try await fixture.get(target).status == 200)
        let lock = try PostgresConnection(fixture.installation.configuration("postgres"))
        defer { lock.close() }
        _ = try lock.query(PostgresStatement(name: "begin", "BEGIN"))
        _ = try lock.query(
            PostgresStatement(name: "lock", "LOCK TABLE pnl_g1.disposals IN ACCESS EXCLUSIVE MODE"))
        async let asked = fixture.get(target)
        // Stopped while it runs the statement: an idle connection might be found silent by its probe first.
        let waiting = PostgresStatement(
            name: "waiting", "SELECT pid FROM pg_locks WHERE NOT granted AND \(here) LIMIT 1")
        var rows = try lock.query(waiting)
        while rows.rowCount == 0 { rows = try lock.query(waiting) }
        let identifier = Int32(try rows.int64(row: 0, column: 0))
        #expect(kill(identifier, SIGSTOP) == 0)
        defer { kill(identifier, SIGCONT) }
        #expect(try await asked["code"] == "timeout")
        _ = try lock.query(PostgresStatement(name: "rollback", "ROLLBACK"))
        #expect(try await fixture.get(target).status == 200)
        // An answer, a timeout and an answer: nothing was asked twice.
        let metrics = try await fixture.get("/metrics").text
        #expect(metrics.contains("query_api_database_rounds_total{lane=\"slow\"} 3\n"))
    }

    @Test("A stop answers what waits at once and ends what runs, however long that would take")
    func stopping() throws {
        var limits = ReadLimits()
        limits.requestTimeoutMilliseconds = 600_000
        let fixture = try Fixture(limits: limits)
        let lock = try PostgresConnection(fixture.installation.configuration("postgres"))
        defer { lock.close() }
        let findings = Mutex<[Finding]>([])
        try lock.transaction {
            _ = try lock.query(
                PostgresStatement(name: "lock", "LOCK TABLE pnl_g1.disposals IN ACCESS EXCLUSIVE MODE"))
            for number in UInt8(0)..<20 {
                let text = Scenario.address([number]).text(on: .solana)
                let wallet = try WalletReference(text: text, chain: .solana)
                fixture.reads.ask(WalletRequest(wallet: wallet, minimum: .none).trades()) { finding in
                    findings.withLock { $0.append(finding) }
                }
            }
            let waiting = PostgresStatement(
                name: "waiting", "SELECT count(*) FROM pg_locks WHERE NOT granted AND \(here)")
            while try lock.query(waiting).int64(row: 0, column: 0) == 0 {}
            let started = ContinuousClock.now
            fixture.reads.close()
            #expect(ContinuousClock.now - started < .seconds(60))
        }
        let codes = findings.withLock { $0 }.map { finding in
            if case .failure(let error) = finding.result { error.code.text } else { "answered" }
        }
        #expect(codes == Array(repeating: "stopping", count: 20))
    }

    @Test("An internal error shows an id and nothing else; the log has the rest")
    func internalError() async throws {
        let fixture = try Fixture()
        _ = try fixture.installation.rows("UPDATE pnl_g1.wallet_pnl SET body = 'secret' WHERE chain = 1")
        let reply = try await fixture.get("/api/results/\(Fixture.solana)/portfolio")
        #expect(reply.status == 500)
        let identifier = try #require(reply["id"])
        #expect(!reply.text.contains("secret"))
        #expect(!reply.text.contains("wallet_pnl"))
        #expect(fixture.log.lines.contains { $0.contains("\"trace.id\":\"\(identifier)\"") })
    }

    @Test("The program says what it is, and refuses a database without tables by naming the command")
    func program() throws {
        let program = try PackageRoot.executable("query-api")
        #expect(try Subprocess.output(program, ["--version"]).hasPrefix("query-api "))
        #expect(try Subprocess.output(program, ["--help"]).contains("--port"))
        #expect(try Subprocess.run(program, environment: ["DATABASE_URL": ""]).status == 78)
        let name = try PrivatePostgres.shared.createDatabase()
        let url = try PrivatePostgres.shared.url(database: name)
        let refused = try Subprocess.run(program, ["--port", "0"], environment: ["DATABASE_URL": url])
        #expect(refused.status == 1)
        #expect(refused.standardError.contains("projector migrate"))
    }

    /// Locks of the test's own database: the server is shared.
    private let here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"

    private func makeGeneration(_ number: Int32, layout: Int32, _ installation: Installation) throws {
        let sql = try String(contentsOfFile: PackageRoot.file("schemas/generation.sql"), encoding: .utf8)
        _ = try installation.rows(sql.replacingOccurrences(of: "{schema}", with: "pnl_g\(number)"))
        _ = try installation.rows(
            """
            INSERT INTO base.generations (number, rule_set, rule_set_version, layout_version, state, created_at)
            VALUES (\(number), 'r1', 1, \(layout), 'building', 0)
            """)
    }
}

extension ReadLimits {
    /// A second for each statement.
    fileprivate static var impatient: ReadLimits {
        var limits = ReadLimits()
        limits.requestTimeoutMilliseconds = 1_000
        return limits
    }
}
