import Events
import Foundation
import Glibc
import TestSupport
import Testing

/// Whatever dies when: after restarts and catching up, the state is that of an undisturbed run.
@Suite("Disturbances", .serialized)
struct DisturbanceTests {
    @Test("kill -9 of ingest, projector or PostgreSQL during an import loses and doubles nothing")
    func kills() throws {
        var random = SeededGenerator(for: "disturbances")
        let pages = try RecordedPages.many(wallets: 24)
        defer { try? FileManager.default.removeItem(atPath: pages) }
        let server = try PrivatePostgres()
        let undisturbed = try Installation(server: server)
        try Programs(undisturbed).importPages(pages)
        try undisturbed.project()
        let expected = try undisturbed.hash()
        let total = try undisturbed.rows("SELECT count(DISTINCT id) FROM log.records")

        let clock = ContinuousClock()
        let started = clock.now
        let count = DisturbanceCount.of(30)
        for round in 0..<count {
            let victim = Programs.Victim.allCases[round % Programs.Victim.allCases.count]
            let delayMilliseconds = Int.random(in: 0..<400, using: &random)
            let installation = try Installation(server: server)
            try Programs(installation).importDisturbed(pages, killing: victim, afterMilliseconds: delayMilliseconds)
            #expect(
                try installation.hash() == expected,
                "round \(round): \(victim) killed after \(delayMilliseconds) ms, SEED=\(random.seed)")
            // A record whose acknowledgement was lost may lie there twice; its id is the same, so it counts once (I2).
            #expect(try installation.rows("SELECT count(DISTINCT id) FROM log.records") == total)
        }
        print("disturbances: \(count) in \(clock.now - started)")
    }
}

/// The programs as subprocesses on one installation.
struct Programs {
    enum Victim: CaseIterable {
        case ingest
        case projector
        case database
    }

    let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    /// `ingest import` to its end.
    func importPages(_ pages: String) throws {
        let output = try startImport(pages).wait(timeoutMilliseconds: 120_000)
        guard output.status == 0 else { throw TestEnvironmentError("the import failed: \(output)") }
    }

    /// `ingest import` beside a projector; kills one of them or the database, starts it again, and waits until
    /// everything is projected.
    func importDisturbed(_ pages: String, killing victim: Victim, afterMilliseconds delay: Int) throws {
        var projector = try startProjector()
        let ingest = try startImport(pages)
        // The moment is what is random here; nothing waits for it to have passed.
        usleep(UInt32(delay) * 1_000)
        switch victim {
        case .ingest: ingest.send(SIGKILL)
        case .projector:
            projector.send(SIGKILL)
            _ = try projector.wait()
            projector = try startProjector()
        case .database:
            try installation.server.kill()
            try installation.server.start()
        }
        _ = try ingest.wait(timeoutMilliseconds: 120_000)
        // Whatever became of it: told again, it completes what is missing.
        try importPages(pages)
        let status = try Subprocess.run(
            PackageRoot.executable("projector"), ["status", "--wait", "60000"],
            environment: environment("pnl_projector"),
            timeoutMilliseconds: 90_000)
        guard status.status == 0 else {
            throw TestEnvironmentError("never caught up: \(status)\n\(projector.standardErrorSoFar)")
        }
        projector.send(SIGTERM)
        let output = try projector.wait()
        guard output.status == 0 else { throw TestEnvironmentError("the projector ended with \(output)") }
    }

    func startImport(_ pages: String) throws -> Subprocess {
        try Subprocess(
            PackageRoot.executable("ingest"), ["import", "--pages", pages, "--batch-count", "50"],
            environment: environment("pnl_appender"))
    }

    func startProjector() throws -> Subprocess {
        try Subprocess(PackageRoot.executable("projector"), ["run"], environment: environment("pnl_projector"))
    }

    private func environment(_ role: String) -> [String: String] {
        [
            "DATABASE_URL": installation.url(role), "PROJECTOR_ADMIN_PORT": "0", "PROJECTOR_LEASE_MILLISECONDS": "1000",
            "PROJECTOR_BATCH_SIZE": "64", "INGEST_LEASE_MILLISECONDS": "1000",
        ]
    }
}
