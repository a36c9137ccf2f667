import Accounting
import ReadModels

/// The rule sets this build knows.
enum RuleSets {
    /// All of them, the default first; a generation folded with any other is not written by this build (I7).
    static let known: [any RuleSet.Type] = [R2.self, R1.self]

    /// The names a new generation can be given.
    static var names: [String] { known.map { $0.identity.name } }

    /// The rule set of that name.
    static func named(_ name: String) -> (any RuleSet.Type)? { known.first { $0.identity.name == name } }

    /// The rule set that a generation was folded with, if this build can go on with it.
    static func matching(_ identity: GenerationIdentity) -> (any RuleSet.Type)? {
        guard identity.layoutVersion == GenerationIdentity.currentLayoutVersion else { return nil }
        return known.first { $0.identity == identity.ruleSet }
    }
}
