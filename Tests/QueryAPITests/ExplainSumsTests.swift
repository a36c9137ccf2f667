import Accounting
import Events
import TestSupport
import Testing

@testable import QueryAPI

@Suite("Explanations add up")
struct ExplainSumsTests {
    @Test(
        "Every figure of every token and group is the sum of its parts, to the last unit",
        arguments: [FoldingRules.r1, .r2])
    func sums(rules: FoldingRules) throws {
        var random = SeededGenerator(for: "explanations")
        for _ in 0..<30 {
            let seed = random.next()
            let history = PastHistories.history(seed: seed, transactions: Int.random(in: 1...60, using: &random))
            for method in rules == .r2 ? CostBasisMethod.allCases : [.fifo] {
                let numbers = try rules.fold(history, method: method)
                let explainer = Explainer(numbers: numbers, history: history, rules: rules, method: method)
                for figure in ExplainedFigure.allCases where rules == .r2 || figure.isOfR1 {
                    for token in numbers.tokens { check(explainer.explain(figure, of: token), seed) }
                    guard figure.isOfParts else { continue }
                    for part in PortfolioPart.allCases where rules == .r2 || part == .tokens {
                        check(explainer.explain(figure, of: part), seed)
                    }
                }
            }
        }
    }

    private func check(_ explanation: Explanation, _ seed: UInt64) {
        #expect(explanation.addsUp, "\(explanation.figure.rawValue), seed \(seed)")
    }

    @Test("Parts are found where there are any, and each names where it comes from")
    func parts() throws {
        let history = PastHistories.history(seed: 7, transactions: 400)
        let numbers = try R2.fold(history)
        let explainer = Explainer(numbers: numbers, history: history, rules: .r2, method: .fifo)
        var explained: Set<ExplainedFigure> = []
        for figure in ExplainedFigure.allCases {
            for token in numbers.tokens where !explainer.explain(figure, of: token).parts.isEmpty {
                explained.insert(figure)
            }
        }
        // Without this, figures of 0 would add up whatever the code does.
        #expect(explained == Set(ExplainedFigure.allCases))
        let index = EventIndex(history, of: [Array("0x0".utf8)])
        let telling = try #require(index.tellings(of: Array("0x0".utf8)).first)
        #expect(telling.kind == .transactionObserved)
        #expect(telling.payload == LogPosition(topic: .providerPayloads, partition: 3, offset: 0))
    }

    @Test("A figure that nobody knows has no parts and still says so")
    func unknown() throws {
        var token = TokenFigures(asset: .empty, symbol: "", decimals: 0)
        token.heldKnown = 1
        let explainer = Explainer(
            numbers: WalletNumbers(), history: WalletHistory(wallet: PastHistories.wallet), rules: .r2, method: .fifo)
        let explanation = explainer.explain(.unrealized, of: token)
        #expect(explanation.value == nil)
        #expect(explanation.parts.isEmpty)
        #expect(explanation.addsUp)
        // A sum that differs by one unit is seen.
        let wrong = Explanation(
            figure: .realized, value: 2, parts: [Explanation.Part(amount: 1, origin: .figure(.realized))])
        #expect(!wrong.addsUp)
    }
}
