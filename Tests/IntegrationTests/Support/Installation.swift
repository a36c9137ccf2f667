import Crypto
import Events
import Postgres
import ReadModels
import Runtime
import TestSupport

@testable import Projector

/// A migrated database of a test's own, and the programs' work on it within the test process.
final class Installation {
    let server: PrivatePostgres
    let name: String
    private let ruleSetName: String

    /// Creates and migrates a database.
    init(server: PrivatePostgres, ruleSet: String = "r1") throws {
        self.server = server
        ruleSetName = ruleSet
        name = try server.createDatabase()
        _ = try migrate()
    }

    /// The connection URL of a role.
    func url(_ role: String) -> String { server.url(database: name, role: role) }

    func configuration(_ role: String) throws -> PostgresConfiguration {
        PostgresConfiguration(url: try PostgresURL(url(role)), applicationName: "test")
    }

    /// What `projector migrate` does.
    @discardableResult
    func migrate(as role: String = "postgres") throws -> [String] {
        let connection = try PostgresConnection(configuration(role))
        defer { connection.close() }
        guard let ruleSet = RuleSets.named(ruleSetName) else {
            throw TestEnvironmentError("no rule set \(ruleSetName)")
        }
        return try Migrator(connection: connection, ruleSet: ruleSet, partitionCounts: [:], now: 0).run()
    }

    /// The log as the appender sees it.
    func appenderLog() throws -> PostgresLog { PostgresLog(try configuration("pnl_appender")) }

    /// Appends events, one batch; throws unless each was acknowledged.
    @discardableResult
    func append(_ events: [(wallet: WalletKey, event: EncodedEvent)]) throws -> [LogPosition] {
        try append(records: events.map { $0.event.record(key: $0.wallet.logKey, source: "test", time: 1) })
    }

    /// Appends records, one batch; throws unless each was acknowledged.
    @discardableResult
    func append(records: [LogRecord]) throws -> [LogPosition] {
        let appender = try appenderLog().makeAppender()
        defer { appender.close() }
        return try appender.append(records, to: .walletTransactions).map { try $0.get() }
    }

    /// What `projector run --until-caught-up` does.
    func project(batchCount: Int = 20_000, cachedEventLimit: Int = 500_000) throws {
        var configuration = ProjectionConfiguration()
        configuration.batchCount = batchCount
        configuration.cachedEventLimit = cachedEventLimit
        var database = try self.configuration("pnl_projector")
        database.sessionSettings = ProjectionConfiguration.sessionSettings
        try ProjectionLoop(
            openLog: { [database] in PostgresLog(database) }, database: database,
            ruleSetName: ruleSetName, owner: "test", untilCaughtUp: true, readiness: Readiness(),
            context: context(configuration)
        ).run(until: StopFlag())
    }

    func context(_ configuration: ProjectionConfiguration) -> ProjectionContext {
        ProjectionContext(
            configuration: configuration, logger: Logger(service: "test", level: .error),
            metrics: ProjectorMetrics(MetricsRegistry()), clock: .system, monotonic: .system)
    }

    /// What `projector dump` does.
    func dump() throws -> [String] {
        var lines: [String] = []
        try withDump { dump in try dump.forEachLine { lines.append(String(decoding: $0, as: UTF8.self)) } }
        return lines
    }

    /// What `projector dump --hash` does.
    func hash() throws -> String { try withDump { try $0.hash() } }

    private func withDump<Value>(_ body: (StateDump) throws -> Value) throws -> Value {
        let connection = try PostgresConnection(configuration("pnl_projector"))
        defer { connection.close() }
        guard let generation = try LiveGeneration.read(connection) else {
            throw TestEnvironmentError("nothing is live")
        }
        return try body(StateDump(connection: connection, generation: generation))
    }

    /// Rows of a statement through `psql`, columns separated by `|`.
    func rows(_ statement: String) throws -> [String] {
        try server.execute(statement, database: name).split(separator: "\n").map(String.init)
    }

    /// Partition and offset of each record of the transactions' topic, partition by partition.
    func records() throws -> [String] {
        try rows(#"SELECT partition, "offset" FROM log.records WHERE topic = 1 ORDER BY 1, 2"#)
    }

    /// Copies one record (`partition|offset`) of the transactions' topic to the end of this log's partition.
    func copyRecord(from other: Installation, _ place: String) throws {
        let place = place.split(separator: "|")
        let row = try other.rows(
            """
            SELECT kind, encode(id, 'hex'), encode(key, 'hex'), encode(value, 'hex')
            FROM log.records WHERE topic = 1 AND partition = \(place[0]) AND "offset" = \(place[1])
            """)
        let cells = (row.first ?? "").split(separator: "|")
        guard cells.count == 4 else { throw TestEnvironmentError("no record at \(place)") }
        _ = try rows(
            """
            INSERT INTO log.records (topic, partition, "offset", time, kind, id, source, key, value)
            SELECT 1, \(place[0]), coalesce(max("offset") + 1, 0), 1, \(cells[0]), decode('\(cells[1])', 'hex'), 'test',
                decode('\(cells[2])', 'hex'), decode('\(cells[3])', 'hex')
            FROM log.records WHERE topic = 1 AND partition = \(place[0])
            """)
    }
}
