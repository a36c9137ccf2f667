/// Current prices of the assets a wallet holds, only those that changed.
public struct PortfolioValued: Sendable, Hashable {
    /// One asset's price and its own time.
    public struct Entry: Sendable, Hashable {
        /// The asset as named by the source.
        public var asset: AssetName
        /// When the price held, microseconds since the epoch.
        public var priceTime: Int64
        /// USD a whole unit.
        public var price: DecimalNumber

        /// Values one asset.
        public init(asset: AssetName, priceTime: Int64, price: DecimalNumber) {
            self.asset = asset
            self.priceTime = priceTime
            self.price = price
        }
    }

    /// When the portfolio was valued, microseconds since the epoch.
    public var time: Int64
    /// Who stated the prices.
    public var source: String
    /// The prices that changed.
    public var entries: [Entry]

    /// Values a portfolio.
    public init(time: Int64, source: String, entries: [Entry]) {
        self.time = time
        self.source = source
        self.entries = entries
    }
}
