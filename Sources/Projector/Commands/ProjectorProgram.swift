import Events
import HTTPServer
import Postgres
import ReadModels
import Runtime

/// The executable `projector`.
public enum ProjectorProgram {
    /// What it can be asked for.
    enum Action: String, Sendable {
        case migrate
        case run
        case status
        case dump
        case compareRules = "compare-rules"
    }

    /// Parses the command line and does what it says; returns the exit code.
    public static func main() -> Int32 {
        Lifecycle.prepareProcess()
        return program.main { action, values, _ in
            switch action {
            case .migrate: try migrate(values)
            case .run: try run(values)
            case .status: try status(values)
            case .dump: try dump(values)
            case .compareRules: try compareRules(values)
            }
        }
    }

    static let program = Program<Action>(
        name: "projector", version: ProductVersion.text,
        summary: "Folds the log into the read models of wallet profit and loss.", environmentPrefix: "PROJECTOR",
        commands: [
            Command(
                .migrate, summary: "Create or update roles, schemas and the first generation; safe to repeat.",
                settings: [
                    ProjectorSettings.database, ProjectorSettings.ruleSet, ProjectorSettings.walletPartitions,
                ]),
            Command(
                .run, summary: "Follow the log and write base and the live generation.",
                settings: [
                    ProjectorSettings.database, ProjectorSettings.ruleSet, ProjectorSettings.untilCaughtUp,
                    ProjectorSettings.adminPort, ProjectorSettings.batchCount, ProjectorSettings.cachedEvents,
                    ProjectorSettings.lease, ProjectorSettings.kafkaBrokers, ProjectorSettings.kafkaTopicPrefix,
                    ProjectorSettings.logLevel,
                ]),
            Command(
                .status, summary: "Print how far the live generation is behind the log; exit 1 while it is.",
                settings: [
                    ProjectorSettings.database, ProjectorSettings.wait, ProjectorSettings.kafkaBrokers,
                    ProjectorSettings.kafkaTopicPrefix,
                ]),
            Command(
                .dump, summary: "Print the live generation's state, one row a line, or its hash.",
                settings: [ProjectorSettings.database, ProjectorSettings.hash]),
            Command(
                .compareRules,
                summary: "Print what r1 and r2 say of every wallet, token by token, and why they differ; exit 1 when "
                    + "something is not explained.",
                settings: [ProjectorSettings.database, ProjectorSettings.wallet]),
        ])

    static func database(_ values: SettingValues, _ purpose: String) throws -> PostgresConfiguration {
        PostgresConfiguration(
            url: try PostgresURL(values[ProjectorSettings.database].revealed()),
            applicationName: "projector \(purpose)")
    }

    private static func migrate(_ values: SettingValues) throws -> Int32 {
        guard let ruleSet = RuleSets.named(values[ProjectorSettings.ruleSet]) else {
            return Program<Action>.ExitCode.failure
        }
        var configuration = try database(values, "migrate")
        configuration.statementTimeoutMilliseconds = 0
        let connection = try PostgresConnection(configuration)
        defer { connection.close() }
        let partitions = Int32(values[ProjectorSettings.walletPartitions])
        let done = try Migrator(
            connection: connection, ruleSet: ruleSet,
            partitionCounts: partitions == 0
                ? [:] : [.walletTransactions: partitions, .providerPayloads: partitions],
            now: WallClock.system.nowMicroseconds()
        ).run()
        for line in done.isEmpty ? ["nothing to do"] : done { print("projector migrate: \(line)") }
        return Program<Action>.ExitCode.success
    }

    private static func run(_ values: SettingValues) throws -> Int32 {
        let logger = Logger(service: "projector", level: values[ProjectorSettings.logLevel])
        let registry = MetricsRegistry()
        registry.registerProcessMetrics()
        var database = try database(values, "run")
        database.sessionSettings = ProjectionConfiguration.sessionSettings
        var configuration = ProjectionConfiguration()
        configuration.batchCount = values[ProjectorSettings.batchCount]
        configuration.cachedEventLimit = values[ProjectorSettings.cachedEvents]
        configuration.leaseMilliseconds = values[ProjectorSettings.lease]
        let readiness = Readiness()
        let log = database
        let loop = ProjectionLoop(
            openLog: { try ProjectorLog.open(values, log, logger) }, database: database,
            ruleSetName: values[ProjectorSettings.ruleSet],
            owner: ProcessIdentity.text, untilCaughtUp: values[ProjectorSettings.untilCaughtUp], readiness: readiness,
            context: ProjectionContext(
                configuration: configuration, logger: logger, metrics: ProjectorMetrics(registry), clock: .system,
                monotonic: .system))
        let admin = AdminServer(
            port: values[ProjectorSettings.adminPort], readiness: readiness, registry: registry, logger: logger)
        return Lifecycle(services: [admin, loop], logger: logger).run()
    }

    private static func status(_ values: SettingValues) throws -> Int32 {
        let database = try database(values, "status")
        let connection = try PostgresConnection(database)
        defer { connection.close() }
        let reader = try ProjectorLog.open(values, database, nil).makeReader()
        defer { reader.close() }
        let deadline = MonotonicClock.system.nowMicroseconds() + Int64(values[ProjectorSettings.wait]) * 1_000
        let pause = StopFlag()
        var status = try ProjectionStatus(connection, reader: reader)
        while status.lag > 0, MonotonicClock.system.nowMicroseconds() < deadline {
            _ = pause.wait(milliseconds: statusPauseMilliseconds)
            status = try ProjectionStatus(connection, reader: reader)
        }
        print(status.text)
        return status.lag == 0 ? Program<Action>.ExitCode.success : Program<Action>.ExitCode.failure
    }

    private static let statusPauseMilliseconds = 50

    private static func dump(_ values: SettingValues) throws -> Int32 {
        var configuration = try database(values, "dump")
        configuration.statementTimeoutMilliseconds = 0
        let connection = try PostgresConnection(configuration)
        defer { connection.close() }
        guard let generation = try LiveGeneration.read(connection) else { throw ProjectorError.notMigrated }
        let dump = StateDump(connection: connection, generation: generation)
        if values[ProjectorSettings.hash] {
            print(try dump.hash())
        } else {
            try dump.forEachLine { print(String(decoding: $0, as: UTF8.self)) }
        }
        return Program<Action>.ExitCode.success
    }

    private static func compareRules(_ values: SettingValues) throws -> Int32 {
        let wallet = values[ProjectorSettings.wallet].map { WalletKey(logKey: Array($0.utf8)[...]) }
        if let text = values[ProjectorSettings.wallet], wallet == .some(nil) {
            throw ConfigurationError(
                key: "wallet", value: text, bound: "chain:address, as wallets are printed", source: .option("--wallet"))
        }
        var configuration = try database(values, "compare-rules")
        configuration.statementTimeoutMilliseconds = 0
        let connection = try PostgresConnection(configuration)
        defer { connection.close() }
        var isExplained = true
        print(ComparisonText.head, terminator: "")
        try Comparison(connection: connection).forEachWallet(only: wallet ?? nil) { wallet, rows in
            isExplained = isExplained && rows.allSatisfy { $0.figures.isEqual || !$0.reasons.isEmpty }
            print(ComparisonText.wallet(wallet, rows))
        }
        return isExplained ? Program<Action>.ExitCode.success : Program<Action>.ExitCode.failure
    }
}
