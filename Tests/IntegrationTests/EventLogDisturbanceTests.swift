import Events
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// I5 under fire: what was acknowledged is there, what was not is there at most once, and offsets have no gaps.
@Suite("PostgresLog, disturbed")
struct EventLogDisturbanceTests {
    /// What an appender was told about its records; each record is tried once.
    private struct Account {
        var acknowledged: [Int: LogPosition] = [:]
        var failed: Set<Int> = []
    }

    @Test("Appenders whose server processes are terminated lose no acknowledged record and double none")
    func terminatedBackends() throws {
        try EventLogDatabase.withDatabase { database in
            let log = database.log(as: "pnl_appender")
            let isOver = Flag()
            let terminations = DisturbanceCount.of(200)
            let accounts = try EventLogConformance.concurrently(5) { thread -> Account in
                if thread < 4 { return try Self.append(to: log, thread: thread) { isOver.isSet } }
                defer { isOver.set() }
                let administrator = try database.administrator()
                var terminated = 0
                while terminated < terminations {
                    let victims = try administrator.query(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = '\(EventLogDatabase.applicationName)' AND state = 'active'
                        ORDER BY random() LIMIT 1
                        """)
                    terminated += victims.rowCount
                }
                return Account()
            }
            let failures = accounts.reduce(0) { $0 + $1.failed.count }
            #expect(failures > 0, "the disturbance did not reach the appenders")
            try Self.check(accounts, log)
        }
    }

    @Test("After a server killed by SIGKILL no acknowledged record is missing and offsets go on without a gap")
    func killedServer() throws {
        let server = try PrivatePostgres(settings: "fsync=on")
        let database = try EventLogDatabase(installingInto: server.url(database: try server.createDatabase()))
        let log = database.log(as: "pnl_appender")
        let isOver = Flag()
        let acknowledgements = Atomic<Int>(0)
        let appenders = 3
        let accounts = try EventLogConformance.concurrently(appenders + 1) { thread -> Account in
            if thread < appenders {
                return try Self.append(to: log, thread: thread) {
                    acknowledgements.add(1, ordering: .relaxed)
                    return isOver.isSet
                }
            }
            defer { isOver.set() }
            for _ in 0..<DisturbanceCount.of(20) {
                let before = acknowledgements.load(ordering: .relaxed)
                while acknowledgements.load(ordering: .relaxed) < before + 50 { sched_yield() }
                try server.kill()
                try server.start()
            }
            return Account()
        }
        #expect(accounts.contains { !$0.failed.isEmpty }, "the disturbance did not reach the appenders")
        try Self.check(accounts, log)
        // It goes on where it was.
        let number = 999_999_999
        _ = try Self.untilAcknowledged {
            try EventLogConformance.append(
                [try EventLogConformance.record(number, key: [1])], to: .walletTransactions, of: log)
        }
        _ = try EventLogConformance.everything(in: .walletTransactions, of: log)
    }

    /// Appends small batches of new records until `isOver`, and says what became of each.
    private static func append(
        to log: PostgresLog, thread: Int, until isOver: () -> Bool
    ) throws -> Account {
        let appender = try log.makeAppender()
        defer { appender.close() }
        var account = Account()
        var number = thread << 32
        while !isOver() {
            let numbers = (0..<7).map { number + $0 }
            number += numbers.count
            let records = try numbers.map {
                try EventLogConformance.record($0, key: [UInt8(truncatingIfNeeded: $0 % 40)])
            }
            for (number, result) in zip(numbers, appender.append(records, to: .walletTransactions)) {
                switch result {
                case .success(let position): account.acknowledged[number] = position
                case .failure(let error):
                    #expect(error.code == .unavailable, "\(error)")
                    account.failed.insert(number)
                }
            }
        }
        return account
    }

    private static func check(_ accounts: [Account], _ log: PostgresLog) throws {
        // `everything` expects that no offset is missing.
        let stored = try untilAcknowledged {
            try EventLogConformance.everything(in: .walletTransactions, of: log, step: 5_000)
        }
        #expect(Set(stored.values.map(\.id)).count == stored.count, "a record was stored twice")
        var missing = 0
        var acknowledgedCount = 0
        var known: Set<Digest> = []
        for account in accounts {
            for (number, position) in account.acknowledged {
                let id = try EventLogConformance.id(number)
                if stored[position]?.id != id { missing += 1 }
                known.insert(id)
            }
            acknowledgedCount += account.acknowledged.count
            known.formUnion(try account.failed.map(EventLogConformance.id))
        }
        #expect(acknowledgedCount > 0)
        #expect(missing == 0, "of \(acknowledgedCount) acknowledged records")
        #expect(known.isSuperset(of: stored.values.map(\.id)), "a record nobody has appended")
    }

    /// A connection that was lost unnoticed fails its next call once.
    private static func untilAcknowledged<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 0..<20 {
            do { return try body() } catch let error as LogError where error.isRetriable { continue }
        }
        return try body()
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }
}
