/// Where a setting is looked up in the environment.
public enum EnvironmentName: Sendable, Hashable {
    /// The program's prefix and the setting's name: `batch-size` becomes `PROJECTOR_BATCH_SIZE`.
    case derived
    /// This variable, whatever the program.
    case named(String)
    /// Nowhere: an option only, for what belongs to one call of a command.
    case none

    func variable(prefix: String, setting: String) -> String? {
        switch self {
        case .derived: "\(prefix)_\(setting)".uppercased().replacing("-", with: "_")
        case .named(let name): name
        case .none: nil
        }
    }
}

/// A setting of any type, so that settings of different types can be listed together.
public protocol AnySetting: Sendable {
    /// What is known of the setting without its type.
    var declaration: SettingDeclaration { get }
}

/// Name, documentation and rules of one setting, from which options, environment, errors and help are made.
public struct SettingDeclaration: Sendable {
    /// The option's name without dashes, such as `batch-size`.
    public let name: String
    /// Where the environment has it.
    public let environment: EnvironmentName
    /// One line for `--help`.
    public let help: String
    /// What is accepted, as a phrase that follows “must be”.
    public let bound: String
    /// Whether the value must not be shown.
    public let isSecret: Bool

    /// How `--help` names the value; nil for a flag, which needs none.
    let placeholder: String?
    /// The default as text; nil when there is none to show.
    let defaultText: String?
    /// The default; nil when the setting must be given.
    let fallback: (any Sendable)?
    /// The value of a text; nil when it is out of bounds.
    let decode: @Sendable (String) -> (any Sendable)?

    var option: String { "--\(name)" }
    var isFlag: Bool { placeholder == nil }

    func value(of text: String, source: ConfigurationError.Source) throws(ConfigurationError) -> any Sendable {
        guard let value = decode(text) else {
            throw ConfigurationError(key: name, value: isSecret ? nil : text, bound: bound, source: source)
        }
        return value
    }
}
