import Accounting
import Testing

@testable import QueryAPI

@Suite("Categories")
struct CategoryTests {
    @Test(
        "Performance is percent of the cost, not dollars",
        arguments: [
            (51, 100, "HighlyProfitable"), (50, 100, "Profitable"), (11, 100, "Profitable"), (10, 100, "ModerateGain"),
            (1, 100, "ModerateGain"), (0, 100, "BreakEven"), (-4, 100, "BreakEven"), (-5, 100, "ModereLoss"),
            (-19, 100, "ModereLoss"), (-20, 100, "SignificantLoss"), (-50, 100, "MajorLoss"),
            (60, 10_000, "ModerateGain"),
            (0, 0, "BreakEven"), (1, 0, "HighlyProfitable"), (-1, 0, "MajorLoss"),
        ] as [(Int128, Int128, String)])
    func performance(realised: Int128, cost: Int128, category: String) {
        #expect(Category.performance(realised: Money(units: realised), cost: Money(units: cost)) == category)
    }

    @Test("Percentages of the largest amounts do not overflow")
    func wideAmounts() {
        #expect(Category.performance(realised: Money(units: .max), cost: Money(units: .max)) == "HighlyProfitable")
        #expect(Category.performance(realised: Money(units: .min), cost: Money(units: .max)) == "MajorLoss")
    }

    @Test(
        "Holding times end where the next class begins",
        arguments: [
            (3_599, "Scalp"), (3_600, "Intraday"), (86_399, "Intraday"), (86_400, "ShortTerm"),
            (604_800, "MediumTerm"), (2_592_000, "LongTerm"),
        ] as [(Int64, String)])
    func hold(seconds: Int64, category: String) {
        #expect(Category.hold(seconds: seconds) == category)
    }

    @Test(
        "Risk and concentration follow the share of the portfolio",
        arguments: [
            (4_999_999, "Low", 80), (5_000_000, "Medium", 80), (15_000_001, "High", 50), (30_000_000, "VeryHigh", 50),
            (30_000_001, "VeryHigh", 20),
        ] as [(Int64, String, Int)])
    func risk(share: Int64, risk: String, score: Int) {
        #expect(Category.risk(sharePercentMillionths: share) == risk)
        #expect(Category.concentrationScore(largestPercentMillionths: share) == score)
    }
}
