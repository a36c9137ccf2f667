import Accounting
import Events
import Foundation
import Ingest
import Testing

/// What an independent implementation of `r2` says about a recorded page.
private struct PageExpectation: Decodable {
    typealias Figures = [String: CaseFigure?]

    struct Asset: Decodable {
        var figures: Figures
        var symbol: String
        var isQuote: Bool
        var lots: [Lot]

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            symbol = try container.decode(String.self, forKey: Key(stringValue: "symbol"))
            isQuote = try container.decode(Bool.self, forKey: Key(stringValue: "quote"))
            lots = try container.decode([Lot].self, forKey: Key(stringValue: "lots"))
            figures = [:]
            for key in container.allKeys where !["symbol", "quote", "lots"].contains(key.stringValue) {
                figures[key.stringValue] = try container.decode(CaseFigure.self, forKey: key)
            }
        }
    }

    struct Lot: Decodable {
        var transaction: String
        var time: String
        var quantity: String
        var cost: String?
        var kind: String?
    }

    struct Sale: Decodable {
        var transaction: String
        var time: String
        var asset: String
        var kind: String
        var quantity: String
        var known: String
        var cost: String
        var missing: String
        var proceeds: String?
        var realised: CaseFigure?
        var withoutBasis: String?
        var hold: String?
        var lots: [Lot]

        enum CodingKeys: String, CodingKey {
            case transaction, time, asset, kind, quantity, known, cost, missing, proceeds, realised, hold, lots
            case withoutBasis = "without_basis"
        }
    }

    var wallet: String
    var method: String
    var assets: [String: Asset]
    var tokens: Figures
    var quote: Figures
    var portfolio: Figures
    var disposals: [Sale]
}

/// Rule set r2 on real pages, through the provider's decoder: every figure of every asset, of tokens, quote assets and
/// portfolio, and each disposal with its lots.
struct RuleSetCasesPagesTests {
    private static let pages = [
        ("txs", false), ("assliquid", false), ("assliquid", true), ("kick_raw_zerion_txs", false),
        ("kick_raw_zerion_txs", true),
    ]

    @Test("The figures of a recorded page come out", arguments: pages)
    func figures(page: String, isEnriched: Bool) throws {
        let name = "expected-r2/\(page)\(isEnriched ? ".enriched" : "").json"
        let expected = try #require(try SharedFile.decode([PageExpectation].self, from: "real/\(name)").first)
        let wallet = WalletKey(
            chain: .solana, address: try #require(Address(text: expected.wallet, chain: .solana)))
        let prices = isEnriched ? try Self.prices(page) : []
        let history = WalletHistory(wallet, transactions: try Self.transactions(page, of: wallet), prices: prices)
        let numbers = try R2.fold(history)
        #expect(expected.method == "fifo")
        #expect(numbers.tokens.count == expected.assets.count)
        for (address, asset) in expected.assets { try check(asset, address, numbers) }
        try check(numbers.portfolio.parts.tokens, expected.tokens, numbers, "tokens")
        try check(numbers.portfolio.parts.quote, expected.quote, numbers, "quote")
        try check(numbers.portfolio.parts.whole, expected.portfolio, numbers, "portfolio")
        #expect(numbers.disposals.count == expected.disposals.count)
        for (disposal, sale) in zip(numbers.disposals, expected.disposals) { try check(disposal, sale, numbers) }
    }

    private static func transactions(_ page: String, of wallet: WalletKey) throws -> [TransactionObserved] {
        var decoder = try ZerionDecoder(
            defaults: PageDefaults(wallet: wallet.address.text(on: wallet.chain), chain: wallet.chain))
        let decoded = try decoder.decode(SharedFile.bytes("real/\(page).json"))
        return try decoded.transactions.map { entry in
            #expect(entry.stream == wallet)
            guard case .observed(let transaction) = entry.outcome else {
                throw CocoaError(.coderReadCorrupt)
            }
            return transaction
        }
    }

    static func prices(_ page: String) throws -> [PriceObserved] {
        struct Row: Decodable {
            var address: String
            var time: String
            var price: String
            var transaction: String
            var source: String

            enum CodingKeys: String, CodingKey {
                case address, time, source
                case price = "price_usd"
                case transaction = "transaction_hash"
            }
        }
        return try SharedFile.decode([Row].self, from: "real/\(page).prices.json").map { row in
            PriceObserved(
                asset: .address(try #require(Address(text: row.address, chain: .solana))),
                time: try microseconds(row.time), source: row.source, transaction: Array(row.transaction.utf8),
                price: try DecimalNumber(text: row.price.utf8))
        }
    }

    private static func microseconds(_ text: String) throws -> Int64 {
        Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1_000_000
    }

    private func check(_ asset: PageExpectation.Asset, _ name: String, _ numbers: WalletNumbers) throws {
        let address = name == "native" ? Address.empty : try #require(Address(text: name, chain: .solana))
        let token = try #require(numbers.tokens.first { $0.asset == address }, "\(name) is missing")
        #expect(token.symbol == asset.symbol)
        #expect(token.detail.isQuote == asset.isQuote)
        for (figure, value) in asset.figures { try FigureCheck(token).check(figure, value ?? .none, asset.symbol) }
        let lots = numbers.openLots[address] ?? []
        #expect(lots.count == asset.lots.count)
        for (lot, row) in zip(lots, asset.lots) {
            #expect(lot.acquisition == Array(row.transaction.utf8))
            #expect(lot.acquiredAt == (try Self.microseconds(row.time)))
            try expectQuantity(lot.quantity, row.quantity, token, "lot")
            #expect(lot.hasKnownBasis == (row.cost != nil))
            try expect(lot.cost, row.cost.map { .text($0) } ?? .none, "\(asset.symbol) lot")
            #expect("\(lot.origin)" == row.kind)
        }
    }

    private func check(
        _ part: PartFigures, _ figures: PageExpectation.Figures, _ numbers: WalletNumbers, _ label: String
    ) throws {
        let money: [String: Money] = [
            "cost_held": part.heldCost, "realised_gross": part.realised, "fees": part.fees,
            "realised_net": part.realisedNet, "total": part.total, "proceeds": part.returned,
            "proceeds_without_basis": part.proceedsWithoutBasis, "transferred_out_cost": part.transferredOutCost,
            "cost_acquired_by_swap": part.invested, "cost_disposed": part.disposedCost,
            "cost_disposed_unpriced": part.disposedUnpricedCost,
        ]
        let counts: [String: Int64] = [
            "closed_trades": part.trades, "wins": part.wins, "losses": part.losses,
            "unpriced_legs": part.unpricedLegs, "one_sided": part.oneSided,
            "unrealised_without_price": part.unrealisedWithoutPrice,
            "unbalanced_swaps": numbers.completeness.unbalancedSwaps,
            "unpriced_fees": numbers.completeness.unpricedFees, "spam": numbers.completeness.trash,
            "active_days": numbers.portfolio.activeDays,
        ]
        for (name, figure) in figures {
            let figure = figure ?? .none
            if let money = money[name] {
                try expect(money, figure, "\(label) \(name)")
            } else if let count = counts[name] {
                let found = DecimalNumber(coefficient: Int128(count), exponent: 0)
                #expect(try figure.number == found, "\(label) \(name): \(count)")
            } else if name == "win_rate" {
                try expectRatio(Int128(part.wins), Int128(part.wins + part.losses), figure, "\(label) \(name)")
            } else if name == "roi" {
                try expectRatio(part.total.units, part.invested.units, figure, "\(label) \(name)")
            } else {
                #expect(name == "unrealised")
                #expect(try (figure.number == nil) == (part.unrealisedWithoutPrice > 0))
                try expect(part.unrealised, figure, "\(label) \(name)")
            }
        }
    }

    private func check(_ disposal: Disposal, _ sale: PageExpectation.Sale, _ numbers: WalletNumbers) throws {
        let token = try #require(numbers.tokens.first { $0.asset == disposal.asset })
        let label = "\(sale.transaction.prefix(6)) \(token.symbol) \(sale.kind)"
        #expect(disposal.transaction == Array(sale.transaction.utf8))
        #expect(disposal.asset == (sale.asset == "native" ? .empty : Address(text: sale.asset, chain: .solana)))
        #expect(disposal.time == (try Self.microseconds(sale.time)))
        #expect("\(disposal.kind)" == sale.kind)
        try expectQuantity(disposal.quantity, sale.quantity, token, label)
        try expectQuantity(disposal.knownQuantity, sale.known, token, label)
        try expectQuantity(disposal.missingQuantity, sale.missing, token, label)
        try expect(disposal.cost, .text(sale.cost), label)
        let proceeds = try disposal.proceeds.adding(disposal.proceedsWithoutBasis)
        let worth = disposal.kind == .send ? disposal.marketValue : disposal.isPriced ? proceeds : nil
        #expect((worth == nil) == (sale.proceeds == nil), "\(label)")
        try expect(worth ?? .zero, sale.proceeds.map { .text($0) } ?? .none, label)
        try expect(disposal.realised, sale.realised ?? .none, label)
        try expect(disposal.proceedsWithoutBasis, sale.withoutBasis.map { .text($0) } ?? .none, label)
        let isRealised = disposal.isPriced && disposal.kind != .send
        if let hold = sale.hold, isRealised {
            let microseconds = try #require(disposal.holdMicroseconds)
            let seconds = Money(units: Int128(microseconds) * (Money.unitsPerDollar / 1_000_000))
            let expected = try Money(DecimalNumber(cutting: hold))
            #expect(seconds.isClose(to: expected, absoluteUnits: Money.unitsPerDollar / 1_000_000), "\(label)")
        }
        let matches = disposal.matches.filter { $0.basis != .missing }
        #expect(matches.count == sale.lots.count)
        for (match, lot) in zip(matches, sale.lots) {
            #expect(match.acquisition == Array(lot.transaction.utf8))
            #expect(match.acquiredAt == (try Self.microseconds(lot.time)))
            try expectQuantity(match.quantity, lot.quantity, token, label)
            #expect((match.basis == .known) == (lot.cost != nil))
            try expect(match.cost, lot.cost.map { .text($0) } ?? .none, label)
        }
    }

    private func expectQuantity(_ quantity: Int128, _ text: String, _ token: TokenFigures, _ label: String) throws {
        let found = DecimalNumber(coefficient: quantity, exponent: -Int32(token.decimals))
        #expect(try DecimalNumber(text: text.utf8) == found, "\(label): \(found) is not \(text)")
    }
}
