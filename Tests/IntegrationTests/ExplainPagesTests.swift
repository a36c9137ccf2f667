import Accounting
import Events
import Ingest
import TestSupport
import Testing

@testable import QueryAPI

/// Every figure of every recorded page, of any chain, by every rule set and method.
@Suite("Explanations of recorded pages")
struct ExplainPagesTests {
    @Test(
        "Every figure is the sum of its parts",
        arguments: [
            ("txs", false), ("assliquid", false), ("assliquid", true), ("kick_raw_zerion_txs", false),
            ("kick_raw_zerion_txs", true), ("web/zerion-tx-bsc-down", false), ("web/zerion-tx-vitalik-excerpt", false),
        ])
    func sums(page: String, isEnriched: Bool) throws {
        let prices = isEnriched ? try RuleSetCasesPagesTests.prices(page) : []
        let streams = try Self.streams(page)
        #expect(!streams.isEmpty)
        // The EVM pages hold arrivals and approvals: all their figures are 0.
        let least = page.hasPrefix("web/") ? 0 : 1
        for (wallet, transactions) in streams {
            let history = WalletHistory(wallet, transactions: transactions, prices: prices)
            #expect(try check(history, .r1, .fifo) >= least)
            for method in CostBasisMethod.allCases { #expect(try check(history, .r2, method) >= least) }
        }
    }

    /// How many figures were explained.
    private func check(
        _ history: WalletHistory, _ rules: FoldingRules, _ method: CostBasisMethod
    ) throws -> Int {
        let numbers = try rules.fold(history, method: method)
        let explainer = Explainer(numbers: numbers, history: history, rules: rules, method: method)
        var count = 0
        for figure in ExplainedFigure.allCases where rules == .r2 || figure.isOfR1 {
            for token in numbers.tokens {
                let explanation = explainer.explain(figure, of: token)
                #expect(explanation.addsUp, "\(token.symbol) \(figure.rawValue) \(rules) \(method.rawValue)")
                count += explanation.parts.isEmpty ? 0 : 1
            }
            guard figure.isOfParts else { continue }
            for part in PortfolioPart.allCases where rules == .r2 || part == .tokens {
                #expect(explainer.explain(figure, of: part).addsUp, "\(part) \(figure.rawValue) \(method.rawValue)")
            }
        }
        return count
    }

    private static func streams(_ page: String) throws -> [WalletKey: [TransactionObserved]] {
        var decoder = try ZerionDecoder(defaults: PageDefaults())
        var streams: [WalletKey: [TransactionObserved]] = [:]
        for entry in try decoder.decode(SharedFile.bytes("real/\(page).json")).transactions {
            if case .observed(let transaction) = entry.outcome, let wallet = entry.stream {
                streams[wallet, default: []].append(transaction)
            }
        }
        return streams
    }
}
