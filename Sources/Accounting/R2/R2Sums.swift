import Events

/// Adds assets up to parts and to the portfolio (domain.md 11.2, Portfolio).
struct R2Sums {
    private var parts = PortfolioParts()
    private var tokenHold = R2WeightedHold()
    private var quoteHold = R2WeightedHold()

    /// Nothing.
    init() {}

    /// Adds an asset to its part and to the whole; what does not fit the sum is left out and marked (I8). Its return
    /// is filled in on the way.
    mutating func add(_ figures: inout TokenFigures, hold: R2WeightedHold) {
        var alone = PartFigures()
        do throws(ArithmeticError) {
            try alone.add(figures)
            var part = figures.detail.isQuote ? parts.quote : parts.tokens
            var whole = parts.whole
            try part.add(figures)
            try whole.add(figures)
            if figures.detail.isQuote { parts.quote = part } else { parts.tokens = part }
            parts.whole = whole
        } catch {
            figures.isUnrepresentable = true
            return
        }
        alone.finish(hold: hold)
        figures.detail.returnMillionths = alone.returnMillionths
        if figures.detail.isQuote { quoteHold.add(hold) } else { tokenHold.add(hold) }
    }

    /// The wallet's figures: the headline is over tokens.
    func portfolio(of state: R2State) -> PortfolioFigures {
        var portfolio = PortfolioFigures()
        portfolio.parts = parts
        portfolio.parts.tokens.finish(hold: tokenHold)
        portfolio.parts.quote.finish(hold: quoteHold)
        var wholeHold = tokenHold
        wholeHold.add(quoteHold)
        portfolio.parts.whole.finish(hold: wholeHold)
        let tokens = portfolio.parts.tokens
        portfolio.realised = tokens.realised
        portfolio.unrealised = tokens.unrealised
        portfolio.total = tokens.total
        portfolio.invested = tokens.invested
        portfolio.returned = tokens.returned
        portfolio.heldCost = tokens.heldCost
        portfolio.trades = tokens.trades
        portfolio.wins = tokens.wins
        portfolio.losses = tokens.losses
        portfolio.winRateMillionths = tokens.winRateMillionths ?? 0
        // Under the old name 1 is break even, and 0 where nothing was bought (domain.md 12).
        portfolio.profitRatioMillionths = tokens.returnMillionths.map { $0.addingClamped(1_000_000) } ?? 0
        portfolio.averageHoldMicroseconds = tokens.averageHoldMicroseconds
        portfolio.streaks = state.streaks
        portfolio.activeDays = state.activeDays
        portfolio.uniqueTokens = tokens.assets
        portfolio.eventsProcessed = state.eventCount
        return portfolio
    }
}

extension PartFigures {
    /// Adds an asset; throws, and may have added some of it, when a sum leaves 128 bits.
    fileprivate mutating func add(_ figures: TokenFigures) throws(ArithmeticError) {
        assets += 1
        try realised.add(figures.realised)
        try fees.add(figures.detail.fees)
        realisedNet = try realised.subtracting(fees)
        try unrealised.add(figures.unrealised ?? .zero)
        unrealisedWithoutPrice += figures.unrealised == nil ? 1 : 0
        total = try realised.adding(unrealised)
        try heldCost.add(figures.heldCost)
        try invested.add(figures.invested)
        try returned.add(figures.returned)
        try proceedsWithoutBasis.add(figures.proceedsWithoutBasis)
        try disposedCost.add(figures.detail.disposedCost)
        try disposedUnpricedCost.add(figures.detail.disposedUnpricedCost)
        try transferredOutCost.add(figures.detail.transferredOutCost)
        try transferredOutValue.add(figures.detail.transferredOutValue)
        unpricedLegs += figures.unpricedLegs
        oneSided += figures.oneSided
        trades += figures.trades
        wins += figures.wins
        losses += figures.losses
    }

    /// Fills in the ratios.
    fileprivate mutating func finish(hold: R2WeightedHold) {
        winRateMillionths = Ratio.millionths(Int128(wins), of: Int128(wins + losses))
        returnMillionths = Ratio.millionths(total.units, of: invested.units)
        averageHoldMicroseconds = hold.microseconds ?? 0
    }
}

/// Ratios as integers in millionths (design.md, Types).
enum Ratio {
    /// `part ÷ whole` in millionths, half-even; nil for an empty whole, the nearest bound where 64 bits end.
    static func millionths(_ part: Int128, of whole: Int128) -> Int64? {
        guard whole > 0 else { return nil }
        guard let ratio = try? HalfEven.product(part, 1_000_000, dividedBy: whole) else {
            return part < 0 ? .min : .max
        }
        return Int64(clamping: ratio)
    }
}
