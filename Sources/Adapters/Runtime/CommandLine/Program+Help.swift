extension Program {
    /// The text of `--help`, for the whole program or one command.
    func help(for command: Command<Action>?) -> String {
        guard let command = command ?? (isSingle ? commands[0] : nil) else { return overview }
        let title = isSingle ? name : "\(name) \(command.action.rawValue)"
        var lines = ["Usage: \(title) [options]\(command.arguments.usage)", "", command.summary, "", "Options:"]
        for setting in command.settings { lines += describe(setting.declaration) }
        lines += Program.commonLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var overview: String {
        let width = commands.map(\.action.rawValue.count).max() ?? 0
        var lines = ["Usage: \(name) <command> [options] [arguments]", "", summary, "", "Commands:"]
        for command in commands {
            let commandName = command.action.rawValue
            let padding = String(repeating: " ", count: width - commandName.count + 2)
            lines.append("  \(commandName)\(padding)\(command.summary)")
        }
        lines += ["", "Options:"] + Program.commonLines
        lines += ["", "'\(name) <command> --help' lists the settings of a command."]
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ declaration: SettingDeclaration) -> [String] {
        let variable = declaration.environment.variable(prefix: environmentPrefix, setting: declaration.name)
        let isRequired = declaration.fallback == nil
        let facts = [
            variable.map { "environment: \($0)" },
            declaration.defaultText.map { "default: \($0)" } ?? (isRequired ? "required" : nil),
            declaration.isSecret ? "secret" : nil,
        ].compactMap(\.self)
        let value = declaration.placeholder.map { " <\($0)>" } ?? ""
        let head = ["  \(declaration.option)\(value)", "      \(declaration.help)"]
        return facts.isEmpty ? head : head + ["      [\(facts.joined(separator: "; "))]"]
    }

    private static var commonLines: [String] {
        ["  --help", "      Print this.", "  --version", "      Print the version."]
    }
}
