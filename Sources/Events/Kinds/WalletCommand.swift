/// What a person or the discovery decided about a wallet: tracked, untracked, flagged or discovered.
public struct WalletCommand: Sendable, Hashable {
    /// The command's id; for a discovery its source.
    public var command: String
    /// Who decided.
    public var author: String
    /// Why.
    public var reason: String
    /// Flagged: `favorite` or `archive`.
    public var name: String
    /// Flagged: `on` or `off`.
    public var value: String
    /// Discovered: the token that led to the wallet.
    public var asset: AssetName?

    /// Records a decision.
    public init(
        command: String, author: String, reason: String, name: String = "", value: String = "",
        asset: AssetName? = nil
    ) {
        self.command = command
        self.author = author
        self.reason = reason
        self.name = name
        self.value = value
        self.asset = asset
    }
}
