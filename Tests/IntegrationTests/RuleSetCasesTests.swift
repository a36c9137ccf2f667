import Accounting
import Events
import Foundation
import Ingest
import Testing

/// One published case: a ledger, a method, and the figures that `r2` gives for it.
struct RuleSetCase: Decodable, CustomTestStringConvertible {
    struct Expectation: Decodable {
        struct LotRow: Decodable {
            var time: String
            var quantity: String
            var cost: String
        }
        struct Disposal: Decodable {
            var lots: [[String]]?
            var cost: String?
            var realised: CaseFigure?
            var withoutBasis: String?
            var missing: String?

            enum CodingKeys: String, CodingKey {
                case lots, cost, realised, missing
                case withoutBasis = "without_basis"
            }
        }
        var assets: [String: [String: CaseFigure?]]?
        var portfolio: [String: CaseFigure?]?
        var disposals: [String: [Disposal]]?
        var lots: [String: [String]]?
        var lotRows: [String: [LotRow]]?
        var costHeldAfter: [String: [String]]?
        var exactZero: [String]?

        enum CodingKeys: String, CodingKey {
            case assets, portfolio, disposals, lots
            case lotRows = "lot_rows"
            case costHeldAfter = "cost_held_after"
            case exactZero = "exact_zero"
        }
    }
    var id: String
    var file: String
    var method: String
    var since: String?
    var cents: Bool?
    var expect: Expectation

    var testDescription: String { id }

    static let all: [RuleSetCase] = (try? SharedFile.decode([RuleSetCase].self, from: "cases/expected.json")) ?? []
}

/// Rule set r2 on the cases published by other systems and on those of its own rules (domain.md 11.2).
struct RuleSetCasesTests {
    @Test("There are cases to test") func thereAreCases() { #expect(RuleSetCase.all.count >= 39) }

    @Test("The figures of a published case come out", arguments: RuleSetCase.all)
    func figures(of published: RuleSetCase) throws {
        let ledger = try LedgerDecoder().decode(SharedFile.bytes("cases/\(published.file)"))
        let stream = try #require(ledger.streams.first)
        #expect(ledger.streams.count == 1)
        let method = try #require(CostBasisMethod(rawValue: published.method))
        let history = WalletHistory(stream.wallet, transactions: stream.transactions, prices: stream.prices)
        let numbers = try R2.fold(history, method: method)
        let check = CaseCheck(numbers: numbers, published: published)
        try check.assets()
        try check.disposals()
        try check.lots()
        try check.costsHeld(after: stream.transactions, of: stream.wallet)
    }
}

/// Compares what was folded with what a case says.
struct CaseCheck {
    let numbers: WalletNumbers
    let published: RuleSetCase

    func token(_ symbol: String) throws -> TokenFigures {
        try #require(numbers.tokens.first { $0.symbol == symbol }, "\(symbol) is missing")
    }

    func assets() throws {
        for (symbol, figures) in published.expect.assets ?? [:] {
            let token = try token(symbol)
            for (name, figure) in figures {
                if let since = published.since {
                    try window(since, token.asset, name, figure ?? .none)
                } else {
                    try FigureCheck(token).check(name, figure ?? .none, "\(published.id) \(symbol)")
                }
            }
        }
        for (name, figure) in published.expect.portfolio ?? [:] {
            #expect(name == "realised_net")
            try expectMoney(numbers.portfolio.parts.whole.realisedNet, figure ?? .none, name)
        }
        for symbol in published.expect.exactZero ?? [] {
            let token = try token(symbol)
            #expect(token.heldCost == .zero)
            #expect(token.heldKnown == 0)
        }
    }

    private func window(_ since: String, _ asset: Address, _ name: String, _ figure: CaseFigure) throws {
        let start = Int64(try Date(since, strategy: .iso8601).timeIntervalSince1970) * 1_000_000
        let period = try #require(try numbers.window(start..<Int64.max).assets[asset])
        switch name {
        case "realised_gross": try expectMoney(period.realised, figure, name)
        case "closed_trades":
            #expect(try figure.number == DecimalNumber(coefficient: Int128(period.trades), exponent: 0))
        default: Issue.record("unknown figure \(name)")
        }
    }

    /// The cost held after each transaction.
    func costsHeld(after transactions: [TransactionObserved], of wallet: WalletKey) throws {
        let method = try #require(CostBasisMethod(rawValue: published.method))
        let ordered = transactions.sorted { $0.minedAt < $1.minedAt }
        for (symbol, costs) in published.expect.costHeldAfter ?? [:] {
            #expect(costs.count == ordered.count)
            for (count, cost) in zip(1..., costs) {
                let part = WalletHistory(wallet, transactions: Array(ordered.prefix(count)))
                let token = try R2.fold(part, method: method).tokens.first { $0.symbol == symbol }
                let held = try #require(token).heldCost
                let expected = try Money(DecimalNumber(text: cost.utf8))
                #expect(held.isClose(to: expected), "after \(count): \(held)")
            }
        }
    }

    func disposals() throws {
        for (symbol, expected) in published.expect.disposals ?? [:] {
            let token = try token(symbol)
            let disposals = numbers.disposals.filter { $0.asset == token.asset }
            #expect(disposals.count == expected.count)
            for (disposal, figures) in zip(disposals, expected) {
                if let lots = figures.lots {
                    let matches = disposal.matches.filter { $0.basis != .missing }
                    #expect(matches.map { String(decoding: $0.acquisition, as: UTF8.self) } == lots.map { $0[0] })
                    for (match, lot) in zip(matches, lots) { expectQuantity(match.quantity, lot[1], token) }
                }
                if let cost = figures.cost { try expectMoney(disposal.cost, .text(cost), "cost") }
                if let basis = figures.withoutBasis {
                    try expectMoney(disposal.proceedsWithoutBasis, .text(basis), "without_basis")
                }
                if let missing = figures.missing { expectQuantity(disposal.missingQuantity, missing, token) }
                if let realised = figures.realised {
                    try expectMoney(disposal.realised, realised, "realised")
                }
            }
        }
    }

    func lots() throws {
        for (symbol, quantities) in published.expect.lots ?? [:] {
            let token = try token(symbol)
            let lots = numbers.openLots[token.asset] ?? []
            #expect(lots.count == quantities.count)
            for (lot, quantity) in zip(lots, quantities) { expectQuantity(lot.quantity, quantity, token) }
        }
        for (symbol, rows) in published.expect.lotRows ?? [:] {
            let token = try token(symbol)
            let lots = numbers.openLots[token.asset] ?? []
            #expect(lots.count == rows.count)
            for (lot, row) in zip(lots, rows) {
                expectQuantity(lot.quantity, row.quantity, token)
                try expectMoney(lot.cost, .text(row.cost), "cost")
                let time = try Date(row.time, strategy: .iso8601).timeIntervalSince1970
                #expect(lot.acquiredAt == Int64(time) * 1_000_000)
            }
        }
    }

    private func expectQuantity(_ quantity: Int128, _ text: String, _ token: TokenFigures) {
        let found = DecimalNumber(coefficient: quantity, exponent: -Int32(token.decimals))
        #expect(throws: Never.self) { try DecimalNumber(text: text.utf8) }
        #expect((try? DecimalNumber(text: text.utf8)) == found, "\(published.id) \(token.symbol)")
    }

    private func expectMoney(_ money: Money, _ figure: CaseFigure, _ name: String) throws {
        guard let number = try figure.number else {
            #expect(money == .zero, "\(published.id) \(name)")
            return
        }
        let tolerance = published.cents == true ? Money.unitsPerDollar / 200 : 0
        #expect(
            money.isClose(to: try Money(number), absoluteUnits: tolerance), "\(published.id) \(name): \(money.units)")
    }
}
