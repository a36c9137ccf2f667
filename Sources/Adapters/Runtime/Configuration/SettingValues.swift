/// The validated values of a command's settings, read through the constants that declare them.
public struct SettingValues: Sendable {
    private let values: [String: any Sendable]

    /// Looks every setting up: options over environment over default. Throws at the first that cannot be used.
    /// The keys of `options` are setting names; a flag without a value has the text `true`.
    public init(
        settings: [any AnySetting], prefix: String, options: [String: String], environment: [String: String]
    ) throws(ConfigurationError) {
        var values: [String: any Sendable] = [:]
        for setting in settings {
            let declaration = setting.declaration
            let variable = declaration.environment.variable(prefix: prefix, setting: declaration.name)
            if let text = options[declaration.name] {
                values[declaration.name] = try declaration.value(of: text, source: .option(declaration.option))
            } else if let variable, let text = environment[variable], !text.isEmpty {
                values[declaration.name] = try declaration.value(of: text, source: .environment(variable))
            } else if let fallback = declaration.fallback {
                values[declaration.name] = fallback
            } else {
                throw ConfigurationError(
                    key: declaration.name, value: nil, bound: declaration.bound,
                    source: .missing(option: declaration.option, environment: variable))
            }
        }
        self.values = values
    }

    /// The value of a setting that the command declares.
    public subscript<Value>(setting: Setting<Value>) -> Value {
        guard let value = values[setting.declaration.name] as? Value else {
            // The declaration and the read are both in the source: no input leads here.
            preconditionFailure("The setting \(setting.declaration.name) is read but its command does not declare it")
        }
        return value
    }
}
