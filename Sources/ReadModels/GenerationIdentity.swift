public import Accounting

/// What a generation was folded with and how its tables look. Code with another identity refuses to write it (I7).
public struct GenerationIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The rule set and its version.
    public var ruleSet: RuleSetIdentity
    /// Version of the tables of schemas/generation.sql and of what they pack.
    public var layoutVersion: Int32

    /// Raised with every change of schemas/generation.sql, of the packed columns or of the rendered bodies.
    public static let currentLayoutVersion: Int32 = 1

    /// Identifies generations.
    public init(ruleSet: RuleSetIdentity, layoutVersion: Int32 = currentLayoutVersion) {
        self.ruleSet = ruleSet
        self.layoutVersion = layoutVersion
    }

    /// For example `r1.1 layout 1`.
    public var description: String { "\(ruleSet) layout \(layoutVersion)" }
}

/// A generation of read models: its number names its schema.
public struct Generation: Sendable, Hashable {
    /// From 1 on.
    public var number: Int32
    /// What it was folded with.
    public var identity: GenerationIdentity

    /// A generation as recorded in `base.generations`.
    public init(number: Int32, identity: GenerationIdentity) {
        self.number = number
        self.identity = identity
    }

    /// The schema of its tables; a number of ours, never text from outside.
    public var schema: String { "pnl_g\(number)" }
}
