/// A person's correction of what the numbers rest on, or its undoing (I12).
public struct Correction: Sendable, Hashable {
    /// What is corrected.
    public enum Target: String, Sendable, Hashable {
        case spam
        case basis
        case price
    }

    /// The command's id.
    public var command: String
    /// What is corrected.
    public var target: Target
    /// The token concerned.
    public var asset: AssetName
    /// The transaction concerned; nil for a token as a whole.
    public var transaction: [UInt8]?
    /// The leg of that transaction; nil for all its legs of the asset.
    public var leg: UInt32?
    /// `on`, `off`, `zero`, `market`, or an amount in USD.
    public var value: String
    /// Who corrects.
    public var author: String
    /// Why.
    public var reason: String
    /// The command that this one takes back; nil when it makes a correction.
    public var undoes: String?

    /// Makes or undoes a correction.
    public init(
        command: String, target: Target, asset: AssetName, transaction: [UInt8]? = nil, leg: UInt32? = nil,
        value: String, author: String, reason: String, undoes: String? = nil
    ) {
        self.command = command
        self.target = target
        self.asset = asset
        self.transaction = transaction
        self.leg = leg
        self.value = value
        self.author = author
        self.reason = reason
        self.undoes = undoes
    }
}
