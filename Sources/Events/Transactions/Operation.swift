/// What a provider calls a transaction or an act. Unknown words pass through (domain.md 3.1.1).
public struct Operation: RawRepresentable, Sendable, Hashable {
    /// The word as delivered.
    public let rawValue: String

    /// Takes any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Assets exchanged for each other.
    public static let trade = Operation(rawValue: "trade")
    /// Assets given without return.
    public static let send = Operation(rawValue: "send")
    /// Assets received without payment.
    public static let receive = Operation(rawValue: "receive")
}

/// An act whose operation differs from its transaction's, or one of several acts.
public struct Act: Sendable, Hashable {
    /// The act's id as delivered.
    public var id: String
    /// What the act does.
    public var operation: Operation

    /// Pairs an act with its operation.
    public init(id: String, operation: Operation) {
        self.id = id
        self.operation = operation
    }
}
