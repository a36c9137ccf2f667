/// A price that a source stated for an asset at a time.
public struct PriceObserved: Sendable, Hashable {
    /// The asset as named by whoever asked.
    public var asset: AssetName
    /// When the price held, microseconds since the epoch.
    public var time: Int64
    /// Who stated it, for example `birdeye`.
    public var source: String
    /// Hash of the transaction it was asked for; nil when asked for the asset alone.
    public var transaction: [UInt8]?
    /// USD a whole unit.
    public var price: DecimalNumber

    /// Records a price.
    public init(asset: AssetName, time: Int64, source: String, transaction: [UInt8]?, price: DecimalNumber) {
        self.asset = asset
        self.time = time
        self.source = source
        self.transaction = transaction
        self.price = price
    }
}
