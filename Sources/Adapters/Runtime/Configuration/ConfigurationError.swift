/// A setting that cannot be used. The description names the key, where its value came from, the value and the bound.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where a value came from.
    public enum Source: Sendable, Hashable {
        /// An option such as `--batch-size`.
        case option(String)
        /// An environment variable.
        case environment(String)
        /// Nowhere: the setting has no default, and these are the ways to give it.
        case missing(option: String, environment: String?)
    }

    /// The setting's name, such as `batch-size`.
    public let key: String
    /// The refused text; nil when it is secret or was not given.
    public let value: String?
    /// What is accepted, as a phrase that follows “must be”.
    public let bound: String
    /// Where the value came from.
    public let source: Source

    /// An error of that setting. Pass nil for the value of a secret.
    public init(key: String, value: String?, bound: String, source: Source) {
        (self.key, self.value, self.bound, self.source) = (key, value, bound, source)
    }

    /// One sentence for an operator.
    public var description: String {
        switch source {
        case .option(let name): "\(name) is \(shownValue) but must be \(bound)"
        case .environment(let name): "\(name) (setting \(key)) is \(shownValue) but must be \(bound)"
        case .missing(let option, let environment?): "\(key) is missing: set \(environment) or \(option) to \(bound)"
        case .missing(let option, nil): "\(key) is missing: set \(option) to \(bound)"
        }
    }

    private var shownValue: String { value.map { "\"\($0)\"" } ?? "***" }
}
