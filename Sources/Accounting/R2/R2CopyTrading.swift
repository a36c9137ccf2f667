import Events

extension CopyTradingFigures {
    /// Over the tokens with a closed trade (domain.md 1.7, 11.2). A token's return is its total over what was paid for
    /// it, 0 when nothing was; a sum or median of an even count is rounded half-even.
    init(over tokens: [TokenFigures]) {
        self.init()
        let traded = tokens.filter { !$0.isExcluded && $0.trades > 0 }
        let returns = traded.map { $0.detail.returnMillionths ?? 0 }.sorted()
        let results = traded.map(\.detail.total.units).sorted()
        let winning = returns.filter { $0 > 0 }
        let losing = returns.filter { $0 < 0 }
        self.tokens = Int64(traded.count)
        wins = Int64(winning.count)
        losses = Int64(losing.count)
        winRateMillionths = Ratio.millionths(Int128(wins), of: Int128(wins + losses))
        averageWinMillionths = Self.mean(winning)
        averageLossMillionths = Self.mean(losing)
        expectancyMillionths = expectancy
        medianLossMillionths = Self.median(losing.map { Int128($0) }).map { Int64(clamping: $0) }
        medianReturnMillionths = Self.median(returns.map { Int128($0) }).map { Int64(clamping: $0) }
        medianProfit = Self.median(results.filter { $0 > 0 }).map(Money.init(units:))
        topResult = results.last.map(Money.init(units:))
        skillRatioMillionths = Self.skillRatio(results)
        profitableTokens = Int64(returns.count { $0 > Self.profitableThresholdMillionths })
    }

    private var expectancy: Int64? {
        guard wins + losses > 0 else { return nil }
        let sum =
            Int128(wins) * Int128(averageWinMillionths ?? 0) + Int128(losses) * Int128(averageLossMillionths ?? 0)
        return (try? HalfEven.product(sum, 1, dividedBy: Int128(wins + losses))).map { Int64(clamping: $0) }
    }

    private static func mean(_ values: [Int64]) -> Int64? {
        let sum = values.reduce(Int128(0)) { $0 + Int128($1) }
        return (try? HalfEven.product(sum, 1, dividedBy: Int128(values.count))).map { Int64(clamping: $0) }
    }

    /// The middle of sorted values, of an even number of them the mean of the two in the middle.
    private static func median(_ values: [Int128]) -> Int128? {
        guard let middle = values.isEmpty ? nil : values.count / 2 else { return nil }
        guard values.count.isMultiple(of: 2) else { return values[middle] }
        let low = values[middle - 1]
        let distance = values[middle].subtractingReportingOverflow(low)
        guard !distance.overflow, let half = try? HalfEven.product(distance.partialValue, 1, dividedBy: 2) else {
            return values[middle] / 2 + low / 2
        }
        return low + half
    }

    /// How much of the profit is left without the best token; 0 without a profit.
    private static func skillRatio(_ results: [Int128]) -> Int64 {
        var sum = Money.zero
        do throws(ArithmeticError) {
            for result in results { try sum.add(Money(units: result)) }
        } catch {
            return 0
        }
        guard sum > .zero, let top = results.last else { return 0 }
        return Ratio.millionths(sum.units - max(top, 0), of: sum.units) ?? 0
    }
}
