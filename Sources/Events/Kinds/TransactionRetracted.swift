/// A transaction that a provider took back, for example after a reorganisation.
public struct TransactionRetracted: Sendable, Hashable {
    /// Which transaction.
    public var identity: TransactionIdentity
    /// Why, in the provider's words.
    public var reason: String

    /// Retracts a transaction.
    public init(identity: TransactionIdentity, reason: String) {
        self.identity = identity
        self.reason = reason
    }
}
