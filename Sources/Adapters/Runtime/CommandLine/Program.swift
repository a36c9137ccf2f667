/// What a command line asks for.
public enum Invocation<Action: Sendable>: Sendable {
    /// Carry out the action with these settings and positional arguments.
    case run(Action, SettingValues, [String])
    /// Print this help.
    case help(String)
    /// Print this version.
    case version(String)
}

/// A program as its command line shows it: name, version, commands and their settings.
public struct Program<Action: Sendable & RawRepresentable>: Sendable where Action.RawValue == String {
    /// Exit codes of `main`; the values are those of `sysexits.h`.
    public enum ExitCode {
        /// Everything went as asked.
        public static var success: Int32 { 0 }
        /// The work failed.
        public static var failure: Int32 { 1 }
        /// The command line is wrong (`EX_USAGE`).
        public static var usage: Int32 { 64 }
        /// A setting is wrong or missing (`EX_CONFIG`).
        public static var configuration: Int32 { 78 }
    }

    let name: String
    let version: String
    let summary: String
    let environmentPrefix: String
    let commands: [Command<Action>]
    /// Whether the only command runs without being named.
    let isSingle: Bool

    /// A program whose first argument names the command. `environmentPrefix` is such as `PROJECTOR`.
    public init(
        name: String, version: String, summary: String, environmentPrefix: String, commands: [Command<Action>]
    ) {
        let names = commands.map(\.action.rawValue)
        precondition(Set(names).count == names.count, "Two commands cannot share a name")
        (self.name, self.version, self.summary) = (name, version, summary)
        (self.environmentPrefix, self.commands, isSingle) = (environmentPrefix, commands, false)
    }

    /// A program that does one thing, without naming it.
    public init(name: String, version: String, summary: String, environmentPrefix: String, only: Command<Action>) {
        (self.name, self.version, self.summary) = (name, version, summary)
        (self.environmentPrefix, commands, isSingle) = (environmentPrefix, [only], true)
    }

    /// Reads the arguments behind the program's name. Throws `UsageError` or `ConfigurationError`.
    public func parse(arguments: [String], environment: [String: String]) throws -> Invocation<Action> {
        if isSingle { return try parse(commands[0], arguments: arguments, environment: environment) }
        let global = try OptionScanner(options: Program.commonOptions, stopsAtPositional: true).scan(arguments)
        if let common = try commonInvocation(global.options, command: nil) { return common }
        guard let commandName = global.rest.first else {
            throw UsageError("Missing command: one of \(commands.map(\.action.rawValue).joined(separator: ", "))")
        }
        guard let command = commands.first(where: { $0.action.rawValue == commandName }) else {
            throw UsageError("Unknown command \(commandName)")
        }
        return try parse(command, arguments: Array(global.rest.dropFirst()), environment: environment)
    }

    private func parse(
        _ command: Command<Action>, arguments: [String], environment: [String: String]
    ) throws -> Invocation<Action> {
        let options = command.settings.map { setting in
            OptionScanner.Option(name: setting.declaration.name, isFlag: setting.declaration.isFlag)
        }
        let scanner = OptionScanner(options: options + Program.commonOptions, stopsAtPositional: false)
        let given = try scanner.scan(arguments)
        if let common = try commonInvocation(given.options, command: command) { return common }
        try command.check(given.positional)
        let values = try SettingValues(
            settings: command.settings, prefix: environmentPrefix, options: given.options, environment: environment)
        return .run(command.action, values, given.positional)
    }

    private static var commonOptions: [OptionScanner.Option] {
        [OptionScanner.Option(name: "help", isFlag: true), OptionScanner.Option(name: "version", isFlag: true)]
    }

    private func commonInvocation(
        _ options: [String: String], command: Command<Action>?
    ) throws(UsageError) -> Invocation<Action>? {
        for name in ["help", "version"] where options[name] != nil && options[name] != "true" {
            throw UsageError("Option --\(name) takes no value")
        }
        if options["help"] != nil { return .help(help(for: command)) }
        if options["version"] != nil { return .version("\(name) \(version)") }
        return nil
    }
}
