import Accounting
import Events
import Foundation
import Ingest
import TestSupport
import Testing

/// The examples of `docs/accounting.md`: each ledger gives the figures that stand below it.
struct RuleSetCasesDocumentTests {
    /// A ledger of the page and what it should give, with the line where it begins.
    struct Example: CustomTestStringConvertible {
        var line: Int
        var ledger: String
        var figures: [String]
        var testDescription: String { "line \(line)" }
    }

    static let examples: [Example] = (try? read()) ?? []

    @Test("The page has an example for every rule") func thereAreExamples() {
        #expect(Self.examples.count >= 28)
        #expect(Self.examples.allSatisfy { !$0.figures.isEmpty })
    }

    @Test("An example of the page gives its figures", arguments: examples)
    func figures(of example: Example) throws {
        let ledger = try LedgerDecoder().decode(Array(example.ledger.utf8))
        let stream = try #require(ledger.streams.first)
        var method = CostBasisMethod.fifo
        var corrections: [Correction] = []
        var since: Int64?
        for line in example.figures {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "method": method = try #require(CostBasisMethod(rawValue: words[1]))
            case "since": since = Int64(try Date(words[1], strategy: .iso8601).timeIntervalSince1970) * 1_000_000
            case "correction": corrections.append(try Self.correction(words, stream))
            default: break
            }
        }
        let history = WalletHistory(
            stream.wallet, transactions: stream.transactions, prices: stream.prices, corrections: corrections)
        let numbers = try R2.fold(history, method: method)
        for line in example.figures where !["method", "since", "correction"].contains(line.prefix { $0 != " " }) {
            try check(line, numbers, since, example)
        }
    }

    private func check(_ line: String, _ numbers: WalletNumbers, _ since: Int64?, _ example: Example) throws {
        let subject = String(line.prefix { $0 != " " })
        for part in line.dropFirst(subject.count + 1).components(separatedBy: ", ") {
            let words = part.split(separator: " ").map(String.init)
            try #require(words.count == 2, "\(line)")
            let figure: CaseFigure = words[1] == "null" ? .none : .text(words[1])
            let label = "line \(example.line), \(subject) \(words[0])"
            if subject == "portfolio" {
                try checkPortfolio(words[0], figure, numbers.portfolio, label)
            } else if subject == "copy" {
                try checkCopyTrading(words[0], figure, numbers.portfolio.copyTrading, label)
            } else {
                let token = try #require(numbers.tokens.first { $0.symbol == subject }, "\(label)")
                guard let since else {
                    try FigureCheck(token).check(words[0], figure, label)
                    continue
                }
                let period = try #require(try numbers.window(since..<Int64.max).assets[token.asset])
                switch words[0] {
                case "realised_gross": try expect(period.realised, figure, label)
                case "closed_trades": try expectCount(period.trades, figure, label)
                default: Issue.record("unknown figure \(label)")
                }
            }
        }
    }

    private func checkPortfolio(
        _ name: String, _ figure: CaseFigure, _ portfolio: PortfolioFigures, _ label: String
    ) throws {
        switch name {
        case "realised_gross": try expect(portfolio.realised, figure, label)
        case "closed_trades": try expectCount(portfolio.trades, figure, label)
        case "active_days": try expectCount(portfolio.activeDays, figure, label)
        default: Issue.record("unknown figure \(label)")
        }
    }

    private func checkCopyTrading(
        _ name: String, _ figure: CaseFigure, _ copy: CopyTradingFigures, _ label: String
    ) throws {
        switch name {
        case "tokens": try expectCount(copy.tokens, figure, label)
        case "win_rate": try expectPercent(copy.winRateMillionths, figure, label)
        case "average_win": try expectPercent(copy.averageWinMillionths, figure, label)
        case "average_loss": try expectPercent(copy.averageLossMillionths, figure, label)
        case "expectancy": try expectPercent(copy.expectancyMillionths, figure, label)
        case "median_return": try expectPercent(copy.medianReturnMillionths, figure, label)
        case "top_result": try expect(copy.topResult ?? .zero, figure, label)
        case "skill_ratio": try expectPercent(copy.skillRatioMillionths, figure, label)
        case "profitable_tokens": try expectCount(copy.profitableTokens, figure, label)
        default: Issue.record("unknown figure \(label)")
        }
    }

    private func expectCount(_ count: Int64, _ figure: CaseFigure, _ label: String) throws {
        #expect(try figure.number == DecimalNumber(coefficient: Int128(count), exponent: 0), "\(label): \(count)")
    }

    /// Millionths of one are per cent with four places.
    private func expectPercent(_ millionths: Int64?, _ figure: CaseFigure, _ label: String) throws {
        let percent = millionths.map { DecimalNumber(coefficient: Int128($0), exponent: -4) }
        #expect(try figure.number == percent, "\(label): \(String(describing: percent))")
    }

    private static func correction(_ words: [String], _ stream: Ledger.Stream) throws -> Correction {
        let legs = stream.transactions.flatMap(\.legs)
        return Correction(
            command: words.joined(separator: "-"), target: try #require(Correction.Target(rawValue: words[1])),
            asset: try #require(legs.first { $0.symbol == words[2] }).asset, transaction: Array(words[3].utf8),
            value: words[4], author: "someone", reason: "known better")
    }

    private static func read() throws -> [Example] {
        let text = try String(contentsOfFile: PackageRoot.file("docs/accounting.md"), encoding: .utf8)
        var examples: [Example] = []
        var fence: String?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if line.hasPrefix("```") {
                fence = fence == nil ? String(line.dropFirst(3)) : nil
                if fence == "csv" { examples.append(Example(line: index + 1, ledger: "", figures: [])) }
            } else if fence == "csv" {
                examples[examples.count - 1].ledger += line + "\n"
            } else if fence == "figures" {
                examples[examples.count - 1].figures.append(line)
            }
        }
        return examples
    }
}
