/// What names a transaction in a wallet's stream: its hash, or where there is none the provider's id. Text as
/// delivered.
public struct TransactionIdentity: Sendable, Hashable {
    /// The hash; empty when the provider gave none.
    public var hash: [UInt8]
    /// The provider's own id; empty when it has none.
    public var providerID: [UInt8]

    /// Longest hash or id, in bytes.
    public static let maximumByteCount = 128

    /// Names a transaction.
    public init(hash: [UInt8], providerID: [UInt8] = []) {
        self.hash = hash
        self.providerID = providerID
    }

    /// The subject of the events about this transaction (I2).
    public var subject: [UInt8] { hash.isEmpty ? providerID : hash }
}
