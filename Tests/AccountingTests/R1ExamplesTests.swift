import Accounting
import Events
import Testing

/// The worked examples of domain.md 2.9 that belong to r1, each a row.
struct R1ExamplesTests {
    /// One event of an example: what, how much, at which price, in which second.
    enum Step: Sendable {
        case buy(String, at: String, Int64)
        case sell(String, at: String, Int64)
        case receive(String, Int64)
        case price(String)
    }

    /// What one token came to; quantities in whole units.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: [Step]
        var results: [String]
        var invested: String
        var returned: String
        var unrealised = "0"
        var bought: Int128 = 0
        var heldUnknown: Int128 = 0
        var missing: Int128 = 0
        var consumptions: Int64 = 0
        var wins: Int64

        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "E1: lots are consumed first in, first out",
            steps: [
                .buy("100", at: "1", 1000), .buy("200", at: "2", 2000), .sell("150", at: "3", 3000),
                .buy("50", at: "1.5", 4000), .sell("200", at: "4", 5000), .price("5"),
            ], results: ["200", "50", "300", "125"], invested: "575", returned: "1250", wins: 4),
        Row(
            name: "E2: what was never bought is an implied receipt",
            steps: [.buy("100", at: "2", 1000), .sell("200", at: "3", 2000)], results: ["100"], invested: "200",
            returned: "300", heldUnknown: -100, missing: 100, consumptions: 1, wins: 1),
        Row(
            name: "E3, token A: the rest is valued at the latest price",
            steps: [.buy("100", at: "1", 1000), .sell("50", at: "2", 2000), .price("5")], results: ["50"],
            invested: "100", returned: "100", unrealised: "200", bought: 50, wins: 1),
        Row(
            name: "E3, token B",
            steps: [.buy("200", at: "3", 1000), .sell("100", at: "4", 2000), .price("6")], results: ["100"],
            invested: "600", returned: "400", unrealised: "300", bought: 100, wins: 1),
        Row(
            name: "E4: purchases are sold before receipts",
            steps: [.receive("100", 1000), .buy("50", at: "10", 2000), .sell("50", at: "15", 3000)],
            results: ["250"], invested: "500", returned: "750", heldUnknown: 100, wins: 1),
        Row(
            name: "E6: a sale of nothing bought is no trade", steps: [.sell("10", at: "2", 1000)], results: [],
            invested: "0", returned: "0", heldUnknown: -10, missing: 10, consumptions: 1, wins: 0),
        Row(
            name: "E7: a later purchase is not sold by an earlier sale",
            steps: [.sell("10", at: "2", 1000), .buy("10", at: "1", 2000)], results: [], invested: "10",
            returned: "0", bought: 10, heldUnknown: -10, missing: 10, consumptions: 1, wins: 0),
        Row(
            name: "E8: purchases, then receipts, then an implied receipt",
            steps: [.receive("30", 1000), .buy("50", at: "10", 2000), .sell("100", at: "15", 3000)],
            results: ["250"], invested: "500", returned: "750", heldUnknown: -20, missing: 20, consumptions: 2,
            wins: 1),
    ]

    @Test("A worked example comes out as the original has it", arguments: rows)
    func example(row: Row) throws {
        var stream = Stream()
        for step in row.steps {
            switch step {
            case .buy(let quantity, let price, let second):
                try stream.trade(.incoming, quantity, at: price, second: second)
            case .sell(let quantity, let price, let second):
                try stream.trade(.outgoing, quantity, at: price, second: second)
            case .receive(let quantity, let second): try stream.receive(quantity, second: second)
            case .price(let price): try stream.observe(Assets.token, price, second: 9000)
            }
        }
        let numbers = try stream.numbers()
        let token = try numbers.token(Assets.token)
        let unit: Int128 = 1_000_000
        let results = numbers.disposals.flatMap(\.matches).filter { $0.basis == .known }.map(\.realised)
        #expect(results == (try row.results.map { try Money($0) }))
        #expect(token.realised == (try row.results.reduce(.zero) { try $0.adding(Money($1)) }))
        #expect(token.invested == (try Money(row.invested)))
        #expect(token.returned == (try Money(row.returned)))
        #expect(token.unrealised == (try Money(row.unrealised)))
        #expect(token.heldKnown == row.bought * unit)
        #expect(token.heldUnknown == row.heldUnknown * unit)
        #expect(token.missing == row.missing * unit)
        #expect(token.receiptConsumptions == row.consumptions)
        #expect(token.trades == Int64(row.results.count))
        #expect(token.wins == row.wins)
        #expect(token.heldKnown != 0 || token.heldCost == .zero)
    }

    @Test("E3: the portfolio adds both tokens up")
    func portfolioOfTwoTokens() throws {
        var stream = Stream()
        try stream.trade(.incoming, "100", at: "1", second: 1000)
        try stream.trade(.outgoing, "50", at: "2", second: 2000)
        try stream.trade(.incoming, "200", of: Assets.other, at: "3", second: 1000)
        try stream.trade(.outgoing, "100", of: Assets.other, at: "4", second: 2000)
        try stream.observe(Assets.token, "5", second: 9000)
        try stream.observe(Assets.other, "6", second: 9000)
        let portfolio = try stream.numbers().portfolio
        #expect(portfolio.realised == (try Money("150")))
        #expect(portfolio.unrealised == (try Money("500")))
        #expect(portfolio.total == (try Money("650")))
        #expect(portfolio.trades == 2)
        #expect(portfolio.winRateMillionths == 1_000_000)
        // (500 returned + 350 held + 500 gained) over 700 invested is 192.86 % to two places.
        #expect(portfolio.profitRatioMillionths == 1_928_600)
        #expect(portfolio.averageHoldMicroseconds == 1_000_000_000)
        #expect(portfolio.activeDays == 1)
        #expect(portfolio.tokensAnalysed == 2)
        #expect(portfolio.uniqueTokens == 2)
        #expect(portfolio.eventsProcessed == 4)
        #expect(portfolio.streaks.longestWinning == 2)
    }

    @Test("E9: the stable side prices a single other leg")
    func implicitPrice() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [
                try .of(.incoming, Assets.token, "5054254.127885", price: "3.092e-8", value: "0.1562"),
                try .of(.outgoing, Assets.solana, "5.023607614", price: "195.4", value: "981.645", decimals: 9),
            ])
        let numbers = try stream.numbers()
        let token = try numbers.token(Assets.token)
        #expect(token.invested == (try Money("981.645")))
        #expect(token.heldCost == (try Money("981.645")))
        #expect(numbers.openLots[Assets.token]?.map(\.quantity) == [5_054_254_127_885])
        #expect(try numbers.token(Assets.solana).missing == 5_023_607_614)
    }

    @Test("E10: a fee in a stable coin never prices a swap of three assets")
    func multiHop() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [
                try .of(.incoming, Assets.token, "502380.52432"),
                try .of(.outgoing, Assets.other, "2112428.889811"),
                try .of(.outgoing, Assets.solana, "0.000053866", price: "235.8", value: "0.0127", decimals: 9),
            ], hash: "swap")
        let plain = try stream.numbers()
        #expect(plain.tokens.map(\.asset) == [Assets.solana])
        #expect(plain.completeness.unpricedLegs == 2)

        try stream.observe(Assets.token, "0.000178", second: 1000, transaction: "swap")
        try stream.observe(Assets.other, "0.0000628", second: 1000, transaction: "swap")
        let enriched = try stream.numbers()
        #expect(enriched.completeness.unpricedLegs == 0)
        #expect(try enriched.token(Assets.token).invested == Money("89.42373332896"))
        #expect(try enriched.token(Assets.other).proceedsWithoutBasis == Money("132.6605342801308"))
        #expect(try enriched.token(Assets.solana).proceedsWithoutBasis == Money("0.0127016028"))
    }
}
