/// A statement with a name under which a session keeps it prepared: one name, one text.
public struct PostgresStatement: Sendable, Hashable {
    /// The name within a session; one that names a generation's schema carries the generation in it.
    public let name: String
    /// The text, with parameters `$1`, `$2`, …
    public let text: String

    /// Names a statement.
    public init(name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}
