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
    func migrate() throws -> [String] {
        let connection = try PostgresConnection(configuration("postgres"))
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
        try ProjectionLoop(
            log: PostgresLog(try self.configuration("pnl_projector")), database: self.configuration("pnl_projector"),
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
}
