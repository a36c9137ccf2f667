import Events
import JSON
import Testing

@testable import Ingest

@Suite("Prices go to the wallets they concern")
struct PriceImportTests {
    private static let price = """
        {"chain":"solana","address":"\(PageText.token)","time":"2025-10-02T21:59:47Z","price_usd":"0.00056",\
        "transaction_hash":"hash-1","source":"birdeye"}
        """

    private func price(_ piece: String, _ replacement: String) -> String {
        precondition(Self.price.contains(piece))
        return Self.price.replacing(piece, with: replacement)
    }

    private func list(_ records: String...) throws -> [RecordedPrice] {
        var parser = try JSONParser()
        return try RecordedPrice.list(in: Array("[\(records.joined(separator: ","))]".utf8), parser: &parser)
    }

    /// The imported wallets' prices, by wallet.
    private func imported(_ records: String...) throws -> (ImportSummary, [[UInt8]: [DecimalNumber]], ImportFixture) {
        let fixture = try ImportFixture()
        let other = PageText.transaction
            .replacing(
                "\"address\":\"\(PageText.wallet)\",\"operation",
                with: "\"address\":\"\(PageText.otherWallet)\",\"operation"
            )
            .replacing("hash-1", with: "hash-2")
        let stranger = PageText.transaction(
            "\"address\":\"\(PageText.token)\"", "\"address\":\"\(PageText.otherWallet)\""
        )
        .replacing(PageText.wallet, with: PageText.token).replacing("hash-1", with: "hash-3")
        try fixture.write("page.json", PageText.page(PageText.transaction, other, stranger))
        try fixture.write("prices.txt", Array("[\(records.joined(separator: ","))]".utf8))
        let summary = try fixture.run("page.json", prices: "prices.txt")
        let prices = try fixture.events().reduce(into: [[UInt8]: [DecimalNumber]]()) { prices, one in
            if case .priceObserved(let event) = one.event.body {
                prices[one.record.key, default: []].append(event.price)
            }
        }
        return (summary, prices, fixture)
    }

    @Test("Everything that is said is kept")
    func everything() throws {
        let token = try #require(Address(text: PageText.token, chain: .solana))
        #expect(
            try list(Self.price).map(\.observation) == [
                PriceObserved(
                    asset: .address(token), time: 1_759_442_387_000_000, source: "birdeye",
                    transaction: Array("hash-1".utf8), price: DecimalNumber(coefficient: 56, exponent: -5))
            ])
        #expect(
            try list(price(#""0.00056""#, "5.6e-4")).first?.observation.price
                == DecimalNumber(coefficient: 56, exponent: -5))
        #expect(try list(price(#""transaction_hash":"hash-1","#, "")).first?.observation.transaction == nil)
        #expect(
            try list(price(#""solana","address":"\#(PageText.token)""#, #""bsc","address":"""#)).first?.observation
                .asset == .empty)
    }

    @Test(
        "A list with one bad record is refused as a whole, the record and field named",
        arguments: [
            (#""chain":"solana""#, #""chain":"polygon""#, #"unknown_chain: chain: "polygon""#),
            (#""0.00056""#, #""0.0005x""#, #"invalid_number: price_usd: "0.0005x""#),
            (#""0.00056""#, "-1", "invalid_number: price_usd: -1"),
            (#""price_usd":"0.00056","#, "", "missing_field: price_usd"),
            ("2025-10-02T21:59:47Z", "yesterday", #"invalid_time: time: "yesterday""#),
            (#""address":"\#(PageText.token)""#, #""address":"0x0""#, #"invalid_address: address: "0x0""#),
            (#","source":"birdeye""#, "", "missing_field: source"),
            (#""source":"birdeye""#, #""source":"""#, #"wrong_shape: source: """#),
        ])
    func bad(piece: String, replacement: String, reason: String) throws {
        let error = #expect(throws: PageError.self) { try list(Self.price, price(piece, replacement)) }
        #expect(error?.record == 1)
        #expect(error?.description.hasSuffix("record 1 is refused, \(reason)") == true, "\(String(describing: error))")
    }

    @Test("A price made for a transaction goes to the wallets that have it")
    func transaction() throws {
        let (summary, prices, fixture) = try imported(Self.price)
        #expect(prices == [Array("solana:\(PageText.wallet)".utf8): [DecimalNumber(coefficient: 56, exponent: -5)]])
        #expect(summary.total.prices == ImportTally.Counts(new: 1))
        #expect(try fixture.events().first { $0.event.body.kind == .priceObserved }?.record.source == "birdeye")
        #expect(try fixture.run("page.json", prices: "prices.txt").total.prices == ImportTally.Counts(known: 1))
    }

    @Test("A price without transaction goes to every wallet that moves the asset")
    func asset() throws {
        let (summary, prices, _) = try imported(price(#""transaction_hash":"hash-1","#, ""))
        #expect(
            Set(prices.keys) == [
                Array("solana:\(PageText.wallet)".utf8), Array("solana:\(PageText.otherWallet)".utf8),
            ])
        #expect(summary.total.prices == ImportTally.Counts(new: 2))
    }

    @Test("A price that concerns nobody is counted")
    func unmatched() throws {
        let (summary, prices, _) = try imported(
            price("hash-1", "hash-9"), price("solana", "SOL").replacing("hash-1", with: "hash-8"))
        #expect(prices.isEmpty)
        #expect(summary.unmatchedPrices == 2)
    }

    @Test("Of two prices about one subject the last counts, in every import")
    func subjects() throws {
        let (summary, prices, fixture) = try imported(Self.price, price("0.00056", "0.00057"))
        #expect(prices.values.flatMap(\.self) == [DecimalNumber(coefficient: 57, exponent: -5)])
        #expect(summary.total.prices == ImportTally.Counts(new: 1))
        #expect(try fixture.run("page.json", prices: "prices.txt").total.prices == ImportTally.Counts(known: 1))
    }

    @Test("A changed price is a new revision")
    func changed() throws {
        let (_, _, fixture) = try imported(Self.price)
        try fixture.write("prices.txt", Array("[\(price("0.00056", "0.00057"))]".utf8))
        #expect(try fixture.run("page.json", prices: "prices.txt").total.prices == ImportTally.Counts(changed: 1))
    }
}
