/// A transaction as a provider reported it, decoded but not interpreted.
public struct TransactionObserved: Sendable, Hashable {
    /// Whether the chain executed it.
    public enum Status: UInt32, Sendable, Hashable {
        case confirmed = 1
        case failed = 2
        case pending = 3
    }

    /// Its hash and the provider's id.
    public var identity: TransactionIdentity
    /// Microseconds since the epoch, UTC.
    public var minedAt: Int64
    /// Block or slot; nil when unknown.
    public var block: UInt64?
    /// The sender's nonce; nil when unknown.
    public var nonce: UInt64?
    /// Who signed and paid the fee; nil when unknown.
    public var sender: Address?
    /// Whether the chain executed it.
    public var status: Status
    /// Flagged as spam by the provider.
    public var isTrash: Bool
    /// The transaction's operation as delivered.
    public var operation: Operation
    /// Movements in the provider's order.
    public var legs: [Leg]
    /// The fee as a leg going out; nil when none was reported.
    public var fee: Leg?
    /// Only acts that say more than `operation` does.
    public var acts: [Act]
    /// Texts in which NUL or invalid UTF-8 became U+FFFD.
    public var replacedTexts: UInt32

    /// Most legs a transaction may have.
    public static let maximumLegCount = 4096
    /// Most acts a transaction may have.
    public static let maximumActCount = 4096

    /// A transaction with everything a provider may say about it.
    public init(
        identity: TransactionIdentity, minedAt: Int64, block: UInt64? = nil, nonce: UInt64? = nil,
        sender: Address? = nil, status: Status = .confirmed, isTrash: Bool = false, operation: Operation,
        legs: [Leg], fee: Leg? = nil, acts: [Act] = [], replacedTexts: UInt32 = 0
    ) {
        self.identity = identity
        self.minedAt = minedAt
        self.block = block
        self.nonce = nonce
        self.sender = sender
        self.status = status
        self.isTrash = isTrash
        self.operation = operation
        self.legs = legs
        self.fee = fee
        self.acts = acts
        self.replacedTexts = replacedTexts
    }
}
