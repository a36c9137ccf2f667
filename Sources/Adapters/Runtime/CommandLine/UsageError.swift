/// A command line that names something unknown, or too much or too little. The description says what.
public struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence for the user.
    public let description: String

    /// An error that says this.
    public init(_ description: String) { self.description = description }
}
