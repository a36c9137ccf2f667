import Events

/// Adds tokens up to a portfolio (domain.md 2.7).
enum R1Portfolio {
    /// Fills in everything that follows from the matched tokens.
    static func aggregate(_ matching: R1Matching, chain: Chain, into numbers: inout WalletNumbers) throws(FoldError) {
        var sums = R1Sums()
        var isCounted = [Bool](repeating: false, count: matching.tokenCount)
        for token in matching.tokens {
            var figures = token.figures
            figures.isExcluded = R1.isExchangeCurrency(figures, chain: chain)
            sums.portfolio.tokensAnalysed += 1
            sums.portfolio.eventsProcessed += figures.eventCount
            if !figures.isExcluded {
                do throws(ArithmeticError) {
                    sums = try sums.adding(figures, turnover: token.turnover)
                    isCounted[token.index] = true
                } catch {
                    // It fits, the sum does not: the wallet's other assets go on without it (I8).
                    figures.isUnrepresentable = true
                }
            }
            if figures.isUnrepresentable { numbers.completeness.unrepresentableAssets += 1 }
            if !token.openLots.isEmpty { numbers.openLots[figures.asset] = token.openLots }
            numbers.tokens.append(figures)
        }
        numbers.completeness.assetsWithMissingQuantity = sums.assetsWithMissingQuantity
        numbers.completeness.proceedsWithoutBasis = sums.proceedsWithoutBasis
        numbers.portfolio = sums.finished()
        numbers.disposals = matching.disposals
        do throws(ArithmeticError) {
            try addDays(matching.disposalTokens.map { isCounted[Int($0)] }, to: &numbers)
        } catch {
            throw FoldError(.invariant, "a day's sum exceeds what bounds all days")
        }
    }

    /// Runs of wins and losses over all counted trades, and days by the time of the sale.
    private static func addDays(_ isCounted: [Bool], to numbers: inout WalletNumbers) throws(ArithmeticError) {
        for index in numbers.disposals.indices where isCounted[index] {
            let day = Self.day(ofMicroseconds: numbers.disposals[index].time)
            for match in numbers.disposals[index].matches where match.basis == .known {
                numbers.portfolio.streaks.add(match.realised)
                if numbers.daily.last?.day != day { numbers.daily.append(DailyFigures(day: day)) }
                let last = numbers.daily.count - 1
                try numbers.daily[last].realised.add(match.realised)
                try numbers.daily[last].volume.add(match.proceeds)
                numbers.daily[last].trades += 1
                if match.realised > .zero { numbers.daily[last].wins += 1 }
            }
        }
        numbers.portfolio.activeDays = Int64(numbers.daily.count)
    }

    private static func day(ofMicroseconds time: Int64) -> Int32 {
        let microsecondsPerDay: Int64 = 86_400_000_000
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: microsecondsPerDay)
        return Int32(truncatingIfNeeded: remainder < 0 ? quotient - 1 : quotient)
    }
}

/// Sums over the counted tokens.
private struct R1Sums {
    var portfolio = PortfolioFigures()
    var assetsWithMissingQuantity: Int64 = 0
    var proceedsWithoutBasis = Money.zero
    /// Bounds every partial sum of proceeds and results, so that no day can overflow.
    private var turnover = Money.zero
    /// Sum of the tokens' average hold times, 10^-12 seconds.
    private var averageHolds: Int128 = 0

    private static let holdScale: Int128 = 1_000_000_000_000

    /// The sums with another token; throws when one of them leaves 128 bits.
    func adding(_ figures: TokenFigures, turnover: Money) throws(ArithmeticError) -> R1Sums {
        var sums = self
        let unrealised = figures.unrealised ?? .zero
        try sums.turnover.add(turnover)
        try sums.portfolio.realised.add(figures.realised)
        try sums.portfolio.unrealised.add(unrealised)
        sums.portfolio.total = try sums.portfolio.realised.adding(sums.portfolio.unrealised)
        try sums.portfolio.invested.add(figures.invested)
        try sums.portfolio.returned.add(figures.returned)
        try sums.portfolio.heldCost.add(figures.heldCost)
        _ = try sums.portfolio.outcome()
        try sums.proceedsWithoutBasis.add(figures.proceedsWithoutBasis)
        sums.portfolio.trades += figures.trades
        sums.portfolio.wins += figures.wins
        sums.portfolio.losses += figures.losses
        sums.portfolio.uniqueTokens += 1
        sums.assetsWithMissingQuantity += figures.missing > 0 ? 1 : 0
        if figures.trades > 0 {
            let average = try HalfEven.product(
                Int128(figures.hold.totalSeconds), Self.holdScale, dividedBy: Int128(figures.trades))
            try sums.averageHolds.add(average)
        }
        return sums
    }

    /// The portfolio with its ratios.
    func finished() -> PortfolioFigures {
        var finished = portfolio
        if portfolio.trades > 0 {
            finished.winRateMillionths = clamped(
                try? HalfEven.product(Int128(portfolio.wins), 1_000_000, dividedBy: Int128(portfolio.trades)))
        }
        if portfolio.uniqueTokens > 0 {
            // The unweighted mean of the tokens' averages, those without trades counted as 0.
            finished.averageHoldMicroseconds = clamped(
                try? HalfEven.product(
                    averageHolds, 1, dividedBy: Int128(portfolio.uniqueTokens) * (Self.holdScale / 1_000_000)))
        }
        if portfolio.invested > .zero, let outcome = try? portfolio.outcome() {
            let isNegative = outcome.units < 0
            let hundredths = try? HalfEven.product(outcome.units, 10_000, dividedBy: portfolio.invested.units)
            let limit = Int128(Int64.max / 100)
            let bounded = hundredths.map { min(max($0, -limit), limit) } ?? (isNegative ? -limit : limit)
            finished.profitRatioMillionths = Int64(bounded) * 100
        }
        return finished
    }

    private func clamped(_ value: Int128?) -> Int64 { value.map { Int64(clamping: $0) } ?? .max }
}

extension PortfolioFigures {
    /// What came back, what the rest cost and what it gained.
    fileprivate func outcome() throws(ArithmeticError) -> Money {
        try returned.adding(heldCost).adding(unrealised)
    }
}
