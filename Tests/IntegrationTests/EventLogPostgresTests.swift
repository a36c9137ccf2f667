import Events
import Foundation
import Postgres
import TestSupport
import Testing

@Suite("PostgresLog")
struct EventLogPostgresTests {
    /// As the role with the fewest rights, so that the suite also shows that they are enough.
    @Test("PostgresLog meets the requirement", arguments: EventLogConformance.requirements)
    func conforms(to requirement: EventLogRequirement) throws {
        try EventLogDatabase.withDatabase { try requirement.check($0.log(as: "pnl_appender")) }
    }

    @Test(
        "The appending role can neither change nor delete a record",
        arguments: [
            "UPDATE log.records SET value = ''", "DELETE FROM log.records", "TRUNCATE log.records",
            "UPDATE log.records_jobs SET value = ''", "DELETE FROM log.records_jobs", "DROP TABLE log.records_jobs",
            "ALTER TABLE log.records ADD COLUMN more integer", "DELETE FROM log.leases",
            "UPDATE base.log SET partitions = 1",
        ])
    func appenderOnlyAppends(statement: String) throws {
        try EventLogDatabase.withDatabase { database in
            let log = database.log(as: "pnl_appender")
            _ = try EventLogConformance.append([try EventLogConformance.record(1, key: [1])], to: .jobs, of: log)
            let appender = try database.connection(as: "pnl_appender")
            let error = #expect(throws: PostgresError.self) { try appender.execute(statement) }
            #expect(error?.sqlState == "42501")
            #expect(try EventLogConformance.everything(in: .jobs, of: log).count == 1)
        }
    }

    @Test("The projecting role reads and holds leases but appends nothing; the reading role only reads")
    func otherRoles() throws {
        try EventLogDatabase.withDatabase { database in
            let record = try EventLogConformance.record(1, key: [1])
            let position = try EventLogConformance.append([record], to: .jobs, of: database.log(as: "pnl_appender"))
            let projector = database.log(as: "pnl_projector")
            #expect(try EventLogConformance.everything(in: .jobs, of: projector).keys.map { $0 } == position)
            let lease = try projector.makeOwnership(group: "g").claim(
                topic: .jobs, partition: 0, owner: "a", leaseMilliseconds: 1_000)
            #expect(lease != nil)
            for role in ["pnl_projector", "pnl_reader"] {
                let connection = try database.connection(as: role)
                #expect(try connection.query("SELECT value FROM log.records").rowCount == 1)
                let error = #expect(throws: PostgresError.self) {
                    try connection.query("INSERT INTO log.records SELECT * FROM log.records")
                }
                // Not allowed to, or in a session that may only read at all.
                #expect(["42501", "25006"].contains(error?.sqlState))
            }
            let refused = try projector.makeAppender().append([record], to: .jobs)
            #expect(refused.map(EventLogConformance.code) == [.refused])
        }
    }

    @Test("A log that was never created, or lacks a topic, is told apart from one that is away")
    func mismatch() throws {
        try EventLogDatabase.withDatabase { database in
            let administrator = try database.administrator()
            try administrator.execute("DELETE FROM base.log WHERE topic = 3")
            let incomplete = database.log(as: "pnl_appender")
            let record = try EventLogConformance.record(1, key: [1])
            #expect(
                try incomplete.makeAppender().append([record], to: .jobs).map(EventLogConformance.code) == [.mismatch])
            try administrator.execute("DROP TABLE log.records")
            let reader = try database.log(as: "pnl_appender").makeReader()
            var batch = RecordBatch()
            let error = #expect(throws: LogError.self) {
                try reader.read(
                    from: [LogPosition(topic: .jobs, partition: 0, offset: 0)], maximumCount: 1, maximumByteCount: 1,
                    into: &batch)
            }
            #expect(error?.code == .mismatch)
        }
        let nowhere = PostgresLog(
            PostgresConfiguration(url: try PostgresURL("postgresql://nobody@127.0.0.1:1/x"), applicationName: "test"))
        let error = #expect(throws: LogError.self) { try nowhere.partitionCount(of: .jobs) }
        #expect(error?.code == .unavailable)
        #expect(error?.isRetriable == true)
    }

    @Test("A waiting reader is woken by NOTIFY, not by its poll a second later")
    func notified() throws {
        try EventLogDatabase.withDatabase { database in
            let log = database.log(as: "pnl_appender")
            let latencies = try (0..<5).map { number in
                let start = LogPosition(topic: .jobs, partition: 0, offset: Int64(number))
                let durations = try EventLogConformance.concurrently(2) { thread in
                    try ContinuousClock().measure {
                        if thread == 0 {
                            let reader = try log.makeReader()
                            #expect(try reader.wait(for: [start], timeoutMilliseconds: 20_000))
                            return
                        }
                        try Self.untilSomebodyListens(database)
                        let record = try EventLogConformance.record(number, key: [1])
                        _ = try EventLogConformance.append([record], to: .jobs, of: log)
                    }
                }
                return durations[0]
            }
            // A poll would take a second each time; a busy machine may be late now and then.
            #expect(latencies.sorted()[2] < .milliseconds(900), "\(latencies)")
        }
    }

    /// A reader that waits has looked in vain and is idle after that.
    private static func untilSomebodyListens(_ database: EventLogDatabase) throws {
        let administrator = try database.administrator()
        let waiting = """
            SELECT 1 FROM pg_stat_activity WHERE application_name = '\(EventLogDatabase.applicationName)'
            AND state = 'idle' AND query LIKE '%LIMIT $3%'
            """
        while try administrator.query(waiting).rowCount == 0 {}
    }
}
