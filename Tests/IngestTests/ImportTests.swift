import Events
import Testing

@testable import Ingest

@Suite("What is told is appended once")
struct ImportTests {
    private func fixture(_ names: [String] = RecordedPages.pages.map(\.name)) throws -> ImportFixture {
        let fixture = try ImportFixture()
        for name in names { try fixture.write(name, try RecordedPages.example(name)) }
        return fixture
    }

    @Test("The recorded pages and their prices are imported whole, each payload before its event")
    func recorded() throws {
        let fixture = try fixture()
        for name in ["assliquid", "kick_raw_zerion_txs"] {
            try fixture.write("\(name).prices.json", try RecordedPages.example("\(name).prices.json"))
        }
        let summary = try fixture.run()
        #expect(summary.total.transactions == ImportTally.Counts(new: 118))
        #expect(summary.total.prices == ImportTally.Counts(new: 48))
        #expect(summary.total.coverage == ImportTally.Counts(new: 6))
        #expect(summary.total.payloads == 118)
        #expect(summary.unmatchedPrices == 0 && !summary.hasRefusals)
        let payloads = Dictionary(
            uniqueKeysWithValues: fixture.log.stored(.providerPayloads).map { ($0.position, $0.record) })
        for one in try fixture.events() where one.event.body.kind == .transactionObserved {
            let position = try #require(one.event.payload)
            let payload = try #require(payloads[position])
            #expect(payload.key == one.record.key && payload.kind == .providerPayload)
            let entries = try decode(Array("{\"data\":[".utf8) + payload.value + Array("]}".utf8))
            #expect(entries.first?.outcome.body == one.event.body)
            #expect(one.record.source == "zerion" && one.record.time == 1_000_000)
        }
    }

    @Test("Importing twice appends nothing, however far the projector is", arguments: [0, 7, 1_000] as [Int64])
    func twice(projectedOffset: Int64) throws {
        let fixture = try fixture()
        try fixture.run()
        let before = fixture.log.stored(.walletTransactions).count + fixture.log.stored(.providerPayloads).count
        fixture.projectedOffset = projectedOffset
        let summary = try fixture.run()
        #expect(summary.total.appendedEvents == 0 && summary.total.payloads == 0)
        #expect(summary.total.transactions.known == 118)
        #expect(summary.text.contains("Nothing new"))
        #expect(
            fixture.log.stored(.walletTransactions).count + fixture.log.stored(.providerPayloads).count == before)
    }

    @Test("A changed transaction becomes revision 2, and then again is known", arguments: [0, 1, 1_000] as [Int64])
    func changed(projectedOffset: Int64) throws {
        let fixture = try ImportFixture()
        try fixture.write("page.json", PageText.page(PageText.transaction, PageText.transaction("hash-1", "hash-2")))
        try fixture.run()
        fixture.projectedOffset = projectedOffset
        try fixture.write(
            "page.json",
            PageText.page(
                PageText.transaction(#""int":"10463""#, #""int":"10464""#), PageText.transaction("hash-1", "hash-2")))
        #expect(try fixture.run().total.transactions == ImportTally.Counts(changed: 1, known: 1))
        #expect(try fixture.run().total.transactions == ImportTally.Counts(known: 2))
        let wallet = try #require(try fixture.folded().values.first)
        let winner = try #require(wallet[EventSubject(transaction: TransactionIdentity(hash: Array("hash-1".utf8)))])
        #expect(winner.revision == 2)
        guard case .transactionObserved(let event) = winner.body else { return #expect(Bool(false)) }
        #expect(event.fee?.amount == Amount(low: 10_464))
    }

    @Test("Of a transaction told twice in one import the last good telling counts, in every import")
    func tellings() throws {
        let fixture = try ImportFixture()
        let bad = PageText.transaction(#""status":"confirmed""#, #""status":"done""#)
        try fixture.write("1.json", PageText.page(PageText.transaction("\"nonce\":3", "\"nonce\":4")))
        try fixture.write("2.json", PageText.page(PageText.transaction, bad))
        let summary = try fixture.run()
        #expect(summary.total.transactions == ImportTally.Counts(new: 1))
        #expect(summary.total.refusedCount == 0)
        let observed = try fixture.events().compactMap { one in
            if case .transactionObserved(let event) = one.event.body { event } else { nil }
        }
        #expect(observed.map(\.nonce) == [3])
        #expect(try fixture.run().total.appendedEvents == 0)
    }

    @Test("One transaction of two wallets lies in both streams")
    func wallets() throws {
        let fixture = try ImportFixture()
        let other = PageText.transaction.replacing(
            "\"address\":\"\(PageText.wallet)\",\"operation",
            with: "\"address\":\"\(PageText.otherWallet)\",\"operation")
        try fixture.write("page.json", PageText.page(PageText.transaction, other))
        #expect(try fixture.run().wallets.mapValues(\.transactions.new).values.sorted() == [1, 1])
        #expect(try fixture.folded().count == 2)
    }

    @Test("A refused transaction lies in its wallet's stream until a good decode supersedes it")
    func refused() throws {
        let fixture = try ImportFixture()
        let bad = PageText.transaction(#""status":"confirmed""#, #""status":"done""#)
        try fixture.write("page.json", PageText.page(bad))
        let first = try fixture.run()
        #expect(first.total.refused == ImportTally.Counts(new: 1))
        #expect(first.hasRefusals)
        let refused = try #require(try fixture.events().first?.event)
        #expect(refused.body.kind == .transactionRefused && refused.payload != nil)
        let second = try fixture.run()
        #expect(second.total.refused == ImportTally.Counts(known: 1) && second.hasRefusals)

        try fixture.write("page.json", PageText.page(PageText.transaction))
        let third = try fixture.run()
        #expect(third.total.transactions == ImportTally.Counts(changed: 1))
        #expect(!third.hasRefusals)

        try fixture.write("page.json", PageText.page(bad))
        let fourth = try fixture.run()
        #expect(fourth.total.goodOnesKept == 1 && fourth.total.appendedEvents == 0 && fourth.hasRefusals)
    }

    @Test("What nobody's wallet can be found for is counted and not appended")
    func streamless() throws {
        let fixture = try ImportFixture()
        try fixture.write(
            "page.json", PageText.page(PageText.transaction(#""address":"\#(PageText.wallet)","#, "")))
        let summary = try fixture.run()
        #expect(summary.streamlessRefusals.map(\.code) == [.missingField])
        #expect(summary.hasRefusals)
        #expect(fixture.log.stored(.walletTransactions).isEmpty)
    }

    @Test("A payload larger than a record is left out, its event is not")
    func oversized() throws {
        let fixture = try ImportFixture()
        let filler = String(repeating: "x", count: LogRecord.maximumValueByteCount)
        try fixture.write(
            "page.json", PageText.page(PageText.transaction(#""sent_to":"""#, #""sent_to":"\#(filler)""#)))
        let summary = try fixture.run()
        #expect(summary.total.oversizedPayloads == 1 && summary.total.payloads == 0)
        #expect(try fixture.events().first?.event.payload == nil)
        #expect(summary.total.transactions.new == 1)
    }

    @Test("A transaction whose event would be too large is refused, known as such the second time")
    func tooLarge() throws {
        let fixture = try ImportFixture()
        let symbol = String(repeating: "s", count: 120)
        let act = String(repeating: "a", count: 250)
        let leg =
            #"{"fungible_info":{"symbol":"\#(symbol)"},"direction":"in","act_id":"\#(act)","#
            + #""quantity":{"int":"1","decimals":0}}"#
        let legs = Array(repeating: leg, count: 4_000).joined(separator: ",")
        try fixture.write(
            "page.json", PageText.page(PageText.transaction(#""transfers":["#, #""transfers":[\#(legs)],"was":["#)))
        #expect(try fixture.run().total.refused == ImportTally.Counts(new: 1))
        #expect(try fixture.run().total.refused == ImportTally.Counts(known: 1))
    }

    @Test("Coverage spans the transactions of all pages of a wallet")
    func coverage() throws {
        let fixture = try ImportFixture()
        try fixture.write("1.json", PageText.page(PageText.transaction))
        try fixture.write(
            "2.json",
            PageText.page(PageText.transaction("hash-1", "hash-2").replacing("2025-09-22", with: "2025-08-01")))
        try fixture.run()
        let coverage = try fixture.events().compactMap { one in
            if case .coverageRecorded(let event) = one.event.body { event } else { nil }
        }
        #expect(
            coverage == [
                CoverageRecorded(
                    source: "import", from: 1_754_063_323_000_000, to: 1_758_556_123_000_000, reachedBeginning: false,
                    stopReason: .endOfFile, count: 2)
            ])
    }
}
