/// What a copier of a wallet would look at, over its tokens with a closed trade (domain.md 1.7, 11.2). Ratios are
/// millionths of one; nil where there is nothing to take a ratio or a mean of.
public struct CopyTradingFigures: Sendable, Hashable {
    /// Tokens with a closed trade.
    public var tokens: Int64 = 0
    /// Tokens with a positive return.
    public var wins: Int64 = 0
    /// Tokens with a negative return.
    public var losses: Int64 = 0
    /// Wins over wins and losses.
    public var winRateMillionths: Int64?
    /// Mean return of the wins.
    public var averageWinMillionths: Int64?
    /// Mean return of the losses.
    public var averageLossMillionths: Int64?
    /// Win rate times average win plus the rest times average loss.
    public var expectancyMillionths: Int64?
    /// Median return of the losses.
    public var medianLossMillionths: Int64?
    /// Median return of all.
    public var medianReturnMillionths: Int64?
    /// Median profit of the tokens with a profit.
    public var medianProfit: Money?
    /// Greatest profit and loss of a token.
    public var topResult: Money?
    /// Share of the profit that remains without the top token; 0 without a profit.
    public var skillRatioMillionths: Int64 = 0
    /// Tokens with a return above the threshold (20 %).
    public var profitableTokens: Int64 = 0

    /// Return above which a token counts as profitable, millionths.
    public static let profitableThresholdMillionths: Int64 = 200_000

    /// No tokens.
    public init() {}
}
