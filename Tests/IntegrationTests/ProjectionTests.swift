import Accounting
import Events
import Postgres
import ReadModels
import Runtime
import TestSupport
import Testing

@testable import Projector

@Suite("Projection into PostgreSQL")
struct ProjectionTests {
    @Test("Any order, duplication and batching of the same events gives the same state")
    func orderIndependence() throws {
        var scenario = Scenario(seed: SeededGenerator(for: "projection order").seed)
        let events = try scenario.events(wallets: 6, transactionsPerWallet: 40)
        let straight = try Installation(server: .shared)
        try straight.append(events)
        try straight.project()
        #expect(try straight.rows("SELECT count(*) FROM pnl_g1.wallet_pnl") == ["6"])
        #expect(try straight.rows("SELECT count(*) > 0 FROM pnl_g1.disposals") == ["t"])
        let expected = try straight.dump()
        for round in 0..<3 {
            let other = try Installation(server: .shared)
            var rest = scenario.disordered(events)[...]
            while !rest.isEmpty {
                let part = rest.prefix(1 + scenario.number(below: 120))
                try other.append(Array(part))
                rest = rest.dropFirst(part.count)
                try other.project(
                    batchCount: 1 + scenario.number(below: 50), cachedEventLimit: round == 0 ? 0 : 200)
            }
            #expect(try other.dump() == expected)
            #expect(try other.hash() == straight.hash())
        }
    }

    @Test("The summary is the sum of the wallets, after every batch")
    func summary() throws {
        var scenario = Scenario(seed: SeededGenerator(for: "summary").seed)
        let installation = try Installation(server: .shared)
        for _ in 0..<3 {
            try installation.append(try scenario.events(wallets: 5, transactionsPerWallet: 12))
            try installation.project(batchCount: 40)
            let sums = "sum(total_pnl), sum(realised_pnl), sum(trades), sum(wins), sum(losses), sum(refused)"
            #expect(
                try installation.rows("SELECT sum(wallets), \(sums) FROM pnl_g1.summary")
                    == installation.rows("SELECT count(*), \(sums) FROM pnl_g1.wallet_pnl"))
        }
    }

    @Test("A zombie loses the compare-and-set and writes nothing")
    func zombie() throws {
        var scenario = Scenario(seed: 1)
        let installation = try Installation(server: .shared)
        try installation.append(try scenario.events(wallets: 3, transactionsPerWallet: 10))
        var zombie = try session(installation)
        var successor = try session(installation)
        #expect(throws: ProjectionProgress.Lost.self) { try zombie.projectNext(count: 1_000, keep: { true }) }
        #expect(try installation.rows("SELECT count(*) FROM base.wallet_events") == ["0"])
        #expect(try successor.projectNext(count: 1_000, keep: { true }) == .projected)
        #expect(throws: ProjectionProgress.Lost.self) { try zombie.projectNext(count: 1_000, keep: { true }) }
        #expect(try installation.rows("SELECT count(*) FROM pnl_g1.wallet_pnl") == ["3"])
    }

    @Test("An event that cannot be decoded parks its wallet, and every other wallet goes on")
    func poison() throws {
        var scenario = Scenario(seed: 2)
        let installation = try Installation(server: .shared)
        try installation.append(try scenario.events(wallets: 2, transactionsPerWallet: 6))
        try installation.project()
        let good = try installation.rows("SELECT total_pnl FROM pnl_g1.wallet_pnl ORDER BY wallet")
        try installation.append(records: [try Self.poison(&scenario)])
        let later = try scenario.seal(.transactionObserved(scenario.swap(51)), 1, Scenario.wallet(1))
        try installation.append([(Scenario.wallet(1), later)])
        try installation.project()
        #expect(try installation.rows("SELECT is_degraded FROM pnl_g1.wallet_pnl ORDER BY wallet") == ["t", "f"])
        #expect(try installation.rows("SELECT code FROM pnl_g1.parked_wallets") == ["malformed"])
        #expect(try installation.rows("SELECT sum(degraded_wallets) FROM pnl_g1.summary") == ["1"])
        let now = try installation.rows("SELECT total_pnl FROM pnl_g1.wallet_pnl ORDER BY wallet")
        #expect(now[0] == good[0])

        // In one batch and a rebuild alike: what was good before the poison is served.
        let other = try Installation(server: .shared)
        for offset in try installation.records() { try other.copyRecord(from: installation, offset) }
        try other.project()
        #expect(try other.hash() == installation.hash())
    }

    @Test("A wallet whose events a later build understands leaves parking by itself, with all its effects")
    func unparking() throws {
        var scenario = Scenario(seed: 4)
        let installation = try Installation(server: .shared)
        try installation.append(records: [try Self.poison(&scenario)])
        let wallet = Scenario.wallet(0)
        let tracked = WalletCommand(command: "c1", author: "a", reason: "r")
        try installation.append([(wallet, try scenario.seal(.walletTracked(tracked), 1, wallet))])
        try installation.project()
        #expect(try installation.rows("SELECT count(*) FROM base.tracked_wallets") == ["0"])
        #expect(try installation.rows("SELECT count(*) FROM pnl_g1.parked_wallets") == ["1"])
        // What a build that decodes the event would find: the poisoned chunk holds something readable.
        let mended = try scenario.seal(.transactionObserved(scenario.swap(50)), 1, wallet)
        let chunk = EventChunk.pack([
            EventChunk.Entry(
                offset: 0, kind: mended.kind.rawValue, time: 1, source: "test", value: mended.value[...])
        ])
        _ = try installation.rows(
            "UPDATE base.wallet_events SET event_count = 1, events = decode('\(Hexadecimal.encode(chunk))', 'hex')"
                + " WHERE first_offset = 0")
        try installation.project()
        #expect(try installation.rows("SELECT count(*) FROM pnl_g1.parked_wallets") == ["0"])
        #expect(try installation.rows("SELECT transactions, is_degraded FROM pnl_g1.wallet_pnl") == ["1|f"])
    }

    @Test("A record under a key that is not canonical, or in another partition than its own, changes nothing")
    func strays() throws {
        var scenario = Scenario(seed: 5)
        let installation = try Installation(server: .shared)
        let wallet = Scenario.wallet(0)
        var stray = try scenario.seal(.transactionObserved(scenario.swap(1)), 1, wallet)
            .record(key: wallet.logKey, source: "test", time: .max)
        stray.key = Array("solana: ".utf8) + wallet.logKey
        try installation.append(records: [stray])
        try installation.project()
        #expect(try installation.rows("SELECT count(*) FROM base.wallet_events") == ["0"])
        #expect(try installation.rows("SELECT sum(next_offset) FROM base.projection_progress") == ["1"])
    }

    /// A record that no decoder reads, in the stream of wallet 0.
    private static func poison(_ scenario: inout Scenario) throws -> LogRecord {
        let wallet = Scenario.wallet(0)
        var record = try scenario.seal(.transactionObserved(scenario.swap(50)), 1, wallet)
            .record(key: wallet.logKey, source: "test", time: 1)
        record.value = [0xff]
        return record
    }

    @Test("Migrating again changes nothing, and the migrator's own account suffices for it")
    func migration() throws {
        let installation = try Installation(server: .shared)
        #expect(try installation.migrate() == [])
        #expect(try installation.migrate(as: "pnl_migrator") == [])
        #expect(try installation.rows("SELECT generation FROM base.live") == ["1"])
    }

    @Test("A live generation of another identity is not written")
    func unknownGeneration() throws {
        let installation = try Installation(server: .shared)
        _ = try installation.rows("UPDATE base.generations SET rule_set_version = 99")
        #expect(throws: ProjectorError.self) { try installation.project() }
    }

    @Test("A lone event is visible without any further one")
    func single() throws {
        let installation = try Installation(server: .shared)
        var scenario = Scenario(seed: 3)
        let wallet = Scenario.wallet(9)
        try installation.append([(wallet, try scenario.seal(.transactionObserved(scenario.swap(1)), 1, wallet))])
        try installation.project()
        #expect(try installation.rows("SELECT transactions, is_degraded FROM pnl_g1.wallet_pnl") == ["1|f"])
    }

    private func session(_ installation: Installation) throws -> ProjectionSession {
        let database = try installation.configuration("pnl_projector")
        let connection = try PostgresConnection(database)
        let log = PostgresLog(database)
        let generation = try #require(try LiveGeneration.read(connection))
        return try ProjectionSession(
            connection: connection, reader: try log.makeReader(), generation: generation, owner: "test",
            partitionCount: try log.partitionCount(of: .walletTransactions),
            context: installation.context(ProjectionConfiguration()))
    }
}
