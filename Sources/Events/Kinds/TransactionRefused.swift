/// A transaction that was delivered but could not be decoded. Counted in completeness until a good decode supersedes
/// it.
public struct TransactionRefused: Sendable, Hashable {
    /// Why a transaction is refused: a closed set, fit for metric labels.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case missingField = "missing_field"
        case wrongShape = "wrong_shape"
        case unknownChain = "unknown_chain"
        case invalidAddress = "invalid_address"
        case invalidNumber = "invalid_number"
        case negativeQuantity = "negative_quantity"
        case invalidTime = "invalid_time"
        case outOfBounds = "out_of_bounds"
    }

    /// Which transaction; its subject is derived from the payload when neither hash nor id could be read.
    public var identity: TransactionIdentity
    /// Why.
    public var code: Code
    /// Names the field and its value, shortened.
    public var detail: String
    /// When it was mined, if that much could be read.
    public var minedAt: Int64?

    /// Refuses a transaction.
    public init(identity: TransactionIdentity, code: Code, detail: String, minedAt: Int64? = nil) {
        self.identity = identity
        self.code = code
        self.detail = detail
        self.minedAt = minedAt
    }
}
