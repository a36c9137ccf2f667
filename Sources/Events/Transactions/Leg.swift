/// One movement of one asset within a transaction, or a transaction's fee.
public struct Leg: Sendable, Hashable {
    /// Where the asset went, seen from the wallet.
    public enum Direction: UInt32, Sendable, Hashable {
        case incoming = 1
        case outgoing = 2
        case own = 3
    }

    /// The act it belongs to, as delivered; "" when nothing was said.
    public var act: String
    /// Seen from the wallet.
    public var direction: Direction
    /// The asset as named by the provider.
    public var asset: AssetName
    /// The NFT's id as delivered; nil for fungible assets.
    public var nft: String?
    /// Symbol for display; free of NUL and invalid UTF-8.
    public var symbol: String
    /// Base units.
    public var amount: Amount
    /// Base units a whole unit: 10^decimals, 0…77.
    public var decimals: UInt8
    /// USD a whole unit, as delivered.
    public var price: DecimalNumber?
    /// USD of the whole leg, as delivered.
    public var value: DecimalNumber?

    /// Most decimals an asset may have: 10^77 is the largest power of ten in 256 bits.
    public static let maximumDecimals: UInt8 = 77

    /// A leg with everything a provider may say about it.
    public init(
        act: String = "", direction: Direction, asset: AssetName, nft: String? = nil, symbol: String = "",
        amount: Amount, decimals: UInt8, price: DecimalNumber? = nil, value: DecimalNumber? = nil
    ) {
        self.act = act
        self.direction = direction
        self.asset = asset
        self.nft = nft
        self.symbol = symbol
        self.amount = amount
        self.decimals = decimals
        self.price = price
        self.value = value
    }
}
