import Events
import Kafka
import Postgres
import Runtime

/// The executable `ingest`.
public enum IngestProgram {
    /// What it can be asked to do.
    enum Action: String, Sendable {
        case importFiles = "import"
        case correct
        case topics
    }

    /// Exit codes of `ingest import` beside those of every program.
    enum ExitCode {
        /// A file is no page, no ledger or no list of prices, or there is nothing to correct; nothing was appended.
        static let unreadableInput: Int32 = 2
        /// Something was refused; the rest was imported.
        static let refusals: Int32 = 3
    }

    static let program = Program<Action>(
        name: "ingest", version: ProductVersion.text, summary: "Appends what providers tell to the log.",
        environmentPrefix: "INGEST",
        commands: [
            Command(
                .importFiles,
                summary:
                    "Imports recorded pages or ledgers, and prices; exits with 2 when a file cannot be read and "
                    + "nothing is appended, with 3 when a transaction was refused and the rest was appended.",
                settings: IngestSettings.all, arguments: PositionalArguments("file", count: 0...Int.max)),
            Command(
                .correct,
                summary:
                    "Corrects what numbers rest on, kept with author and reason: spam on|off, basis zero|market|AMOUNT "
                    + "of a received lot, price AMOUNT, or --undo of an earlier command. Prints the figures before and "
                    + "after; exits with 2 when there is nothing to correct, with 3 when some wallets were left out.",
                settings: CorrectSettings.all, arguments: PositionalArguments("word", count: 0...2)),
            Command(
                .topics,
                summary: "Creates the topics of a log on Kafka that are missing, with the recorded partitions.",
                settings: IngestSettings.topics),
        ])

    /// Runs the program and returns its exit code.
    public static func main() -> Int32 {
        Lifecycle.prepareProcess()
        return program.main { action, values, arguments in
            switch action {
            case .importFiles: return try importFiles(values, arguments, console: .standard)
            case .correct: return try correct(values, arguments, console: .standard)
            case .topics: return try createTopics(values, console: .standard)
            }
        }
    }

    private static func importFiles(
        _ values: SettingValues, _ files: [String], console: Console
    ) throws -> Int32 {
        let arguments: ImportArguments
        do {
            arguments = try ImportArguments(values, files: files)
        } catch {
            console.error("ingest: \(error)")
            return Program<Action>.ExitCode.usage
        }
        let logger = Logger(service: "ingest", level: values[IngestSettings.logLevel])
        let service = ImportService(
            arguments, database: try database(values), place: LogPlace(values, logger: logger),
            limits: IngestSettings.limits(values), logger: logger)
        let status = Lifecycle(services: [service], logger: logger).run()
        return report(service.outcome, status: status, asJSON: values[IngestSettings.summary] == "json", console)
    }

    private static func correct(
        _ values: SettingValues, _ words: [String], console: Console
    ) throws -> Int32 {
        let request: CorrectionRequest
        do {
            request = try CorrectArguments.request(values, words)
        } catch {
            console.error("ingest: \(error)")
            return Program<Action>.ExitCode.usage
        }
        let logger = Logger(service: "ingest", level: values[IngestSettings.logLevel])
        let service = CorrectService(
            request, database: try database(values), place: LogPlace(values, logger: logger),
            limits: IngestSettings.leaseLimits(values),
            waitMilliseconds: values[CorrectSettings.wait], logger: logger)
        let status = Lifecycle(services: [service], logger: logger).run()
        return report(service.outcome, status: status, console)
    }

    private static func createTopics(_ values: SettingValues, console: Console) throws -> Int32 {
        let logger = Logger(service: "ingest", level: values[IngestSettings.logLevel])
        guard let log = try LogPlace(values, logger: logger).openKafka(try database(values)) else {
            console.error("ingest: topics are created on Kafka: name it with --kafka-brokers or KAFKA_BROKERS")
            return Program<Action>.ExitCode.usage
        }
        var settings = KafkaTopicSettings()
        settings.replicationFactor = Int32(values[IngestSettings.replicas])
        settings.minimumInSyncReplicas = max(1, values[IngestSettings.replicas] - 1)
        let created = try log.createTopics(settings: settings)
        console.output(
            created.isEmpty ? "nothing to do" : created.map { "created \($0.name)" }.joined(separator: "\n"))
        return Program<Action>.ExitCode.success
    }

    /// Prints what a correction did and returns the exit code.
    static func report(_ outcome: CorrectService.Outcome, status: Int32, _ console: Console) -> Int32 {
        let report = outcome.report
        if !report.command.isEmpty { console.output(report.text) }
        if let failure = outcome.failure {
            console.error("ingest: \(failure)")
            guard failure.code == .invalidCorrection else { return Program<Action>.ExitCode.failure }
            console.error("ingest: nothing was appended")
            return ExitCode.unreadableInput
        }
        if status != Program<Action>.ExitCode.success { return status }
        return report.conflicts.isEmpty ? Program<Action>.ExitCode.success : ExitCode.refusals
    }

    static func database(_ values: SettingValues) throws -> PostgresConfiguration {
        PostgresConfiguration(
            url: try PostgresURL(values[IngestSettings.database].revealed()), applicationName: "ingest")
    }

    /// Prints what an import did and returns the exit code.
    static func report(
        _ outcome: ImportService.Outcome, status: Int32, asJSON: Bool, _ console: Console
    ) -> Int32 {
        let summary = outcome.summary
        if outcome.failure?.code != .unreadableInput {
            console.output(asJSON ? String(decoding: summary.json, as: UTF8.self) : summary.text)
        }
        if let failure = outcome.failure {
            console.error("ingest: \(failure)")
            if failure.code == .unreadableInput {
                console.error("ingest: nothing was appended")
                return ExitCode.unreadableInput
            }
            console.error(
                "ingest: not finished: \(summary.total.appendedEvents) events were acknowledged and stay; "
                    + "run it again to complete it")
            return Program<Action>.ExitCode.failure
        }
        if status != Program<Action>.ExitCode.success { return status }
        return summary.hasRefusals ? ExitCode.refusals : Program<Action>.ExitCode.success
    }
}
