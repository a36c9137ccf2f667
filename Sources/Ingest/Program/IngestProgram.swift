import Events
import Postgres
import Runtime

/// The executable `ingest`.
public enum IngestProgram {
    /// What it can be asked to do.
    enum Action: String, Sendable {
        case importPages = "import"
    }

    /// Exit codes of `ingest import` beside those of every program.
    enum ExitCode {
        /// A file is no page or no list of prices; nothing was appended.
        static let unreadableInput: Int32 = 2
        /// Something was refused; the rest was imported.
        static let refusals: Int32 = 3
    }

    static let version = "0.1.0"

    static let program = Program<Action>(
        name: "ingest", version: version, summary: "Appends what providers tell to the log.",
        environmentPrefix: "INGEST",
        commands: [
            Command(
                .importPages,
                summary:
                    "Imports recorded Zerion pages and prices; exits with 2 when a file cannot be read and nothing is "
                    + "appended, with 3 when a transaction was refused and the rest was appended.",
                settings: IngestSettings.all)
        ])

    /// Runs the program and returns its exit code.
    public static func main() -> Int32 {
        Lifecycle.prepareProcess()
        return program.main { action, values, _ in
            switch action {
            case .importPages: return try importPages(values, console: .standard)
            }
        }
    }

    private static func importPages(_ values: SettingValues, console: Console) throws -> Int32 {
        let defaults: PageDefaults
        do {
            defaults = try pageDefaults(wallet: values[IngestSettings.wallet], chain: values[IngestSettings.chain])
        } catch {
            console.error("ingest: \(error)")
            return Program<Action>.ExitCode.usage
        }
        let database = PostgresConfiguration(
            url: try PostgresURL(values[IngestSettings.database].revealed()), applicationName: "ingest")
        let service = ImportService(
            paths: (values[IngestSettings.pages], values[IngestSettings.prices]), defaults: defaults,
            database: database, limits: IngestSettings.limits(values),
            logger: Logger(service: "ingest", level: values[IngestSettings.logLevel]))
        let status = Lifecycle(
            services: [service], logger: Logger(service: "ingest", level: values[IngestSettings.logLevel])
        )
        .run()
        return report(service.outcome, status: status, asJSON: values[IngestSettings.format] == "json", console)
    }

    /// What the command line says of transactions that do not say it themselves. Throws `ConfigurationError`.
    static func pageDefaults(wallet: String?, chain text: String?) throws(ConfigurationError) -> PageDefaults {
        var defaults = PageDefaults(wallet: wallet)
        if let text {
            guard let chain = Chain(alias: text) else {
                throw ConfigurationError(
                    key: "chain", value: text,
                    bound: "one of \(Chain.allCases.map(\.name).joined(separator: ", ")), or another name of these",
                    source: .option("--chain"))
            }
            defaults.chain = chain
        }
        let chains = defaults.chain.map { [$0] } ?? Chain.allCases
        if let wallet, !chains.contains(where: { Address(text: wallet, chain: $0) != nil }) {
            throw ConfigurationError(
                key: "wallet", value: wallet, bound: "an address on \(chains.map(\.name).joined(separator: " or "))",
                source: .option("--wallet"))
        }
        return defaults
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
