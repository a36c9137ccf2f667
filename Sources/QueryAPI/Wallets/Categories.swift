import Accounting

/// The words of domain.md 1.6, each decided on exact numbers.
enum Category {
    /// Profit or loss in percent of the cost, by class. Spelled as the original spells it, for the frontends' sake.
    static func performance(realised: Money, cost: Money) -> String {
        // Without a cost the percentage is endless on the side of the profit.
        if cost.units == 0 {
            if realised.units == 0 { return "BreakEven" }
            return realised.units > 0 ? "HighlyProfitable" : "MajorLoss"
        }
        if exceeds(realised, 50, percentOf: cost) { return "HighlyProfitable" }
        if exceeds(realised, 10, percentOf: cost) { return "Profitable" }
        if realised.units > 0 { return "ModerateGain" }
        if exceeds(realised, -5, percentOf: cost) { return "BreakEven" }
        if exceeds(realised, -20, percentOf: cost) { return "ModereLoss" }
        if exceeds(realised, -50, percentOf: cost) { return "SignificantLoss" }
        return "MajorLoss"
    }

    /// How long something was held.
    static func hold(seconds: Int64) -> String {
        switch seconds {
        case ..<3_600: "Scalp"
        case ..<86_400: "Intraday"
        case ..<604_800: "ShortTerm"
        case ..<2_592_000: "MediumTerm"
        default: "LongTerm"
        }
    }

    /// The risk of a position by its share of the portfolio, in millionths of a percent.
    static func risk(sharePercentMillionths share: Int64) -> String {
        switch share {
        case ..<5_000_000: "Low"
        case ..<15_000_000: "Medium"
        case ..<30_000_000: "High"
        default: "VeryHigh"
        }
    }

    /// How little a portfolio depends on its largest position, in millionths of a percent.
    static func concentrationScore(largestPercentMillionths largest: Int64) -> Int {
        if largest > 30_000_000 { return 20 }
        return largest > 15_000_000 ? 50 : 80
    }

    /// Spread over tokens: ten points each, 100 at most.
    static func diversificationScore(tokens: Int64) -> Int64 { tokens >= 10 ? 100 : tokens * 10 }

    /// 0 to 100, of trades, profit and win rate.
    static func qualityScore(_ figures: WalletFigures) -> Int {
        var score = 50
        if figures.trades >= 10 { score += 20 } else if figures.trades >= 5 { score += 10 }
        if figures.total > 0 { score += 15 }
        if figures.winRateMillionths > 600_000 {
            score += 15
        } else if figures.winRateMillionths > 400_000 {
            score += 10
        }
        return score
    }

    /// Whether `amount` is more than that many percent of `cost`, which is not zero; in 256 bits, since both may be
    /// wide.
    private static func exceeds(_ amount: Money, _ percent: Int128, percentOf cost: Money) -> Bool {
        let left = amount.units.multipliedFullWidth(by: 100)
        let right = cost.units.multipliedFullWidth(by: percent)
        return left.high == right.high ? left.low > right.low : left.high > right.high
    }
}
