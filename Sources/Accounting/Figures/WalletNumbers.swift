public import Events

/// Everything a generation stores about one wallet: the value of a rule set for a set of events.
public struct WalletNumbers: Sendable, Hashable {
    /// Figures of the wallet.
    public var portfolio = PortfolioFigures()
    /// Figures of each asset, by address.
    public var tokens: [TokenFigures] = []
    /// Sales in canonical order.
    public var disposals: [Disposal] = []
    /// What is left of acquisitions, by asset, oldest first.
    public var openLots: [Address: [OpenLot]] = [:]
    /// Days with trades, oldest first.
    public var daily: [DailyFigures] = []
    /// How far the numbers are complete.
    public var completeness = Completeness()

    /// A wallet without events.
    public init() {}
}
