import Events
import Testing

@testable import Ingest

@Suite("A ledger is imported like pages")
struct LedgerImportTests {
    private func fixture(_ rows: String...) throws -> ImportFixture {
        let fixture = try ImportFixture()
        try fixture.write("a.csv", Array((LedgerText.header + "\n" + rows.joined()).utf8))
        return fixture
    }

    @Test("Wallets of several chains, their prices and what is covered go to their own streams")
    func streams() throws {
        let fixture = try fixture(LedgerText.bought, LedgerText.sold, LedgerText.received, LedgerText.price)
        let summary = try fixture.run(format: .csv)
        #expect(summary.total.transactions == ImportTally.Counts(new: 3))
        #expect(summary.total.prices == ImportTally.Counts(new: 1))
        #expect(summary.total.coverage == ImportTally.Counts(new: 2))
        #expect(summary.total.payloads == 3 && !summary.hasRefusals)
        #expect(summary.text.contains("from 1 ledger."))
        let kinds = try fixture.folded().mapValues { $0.values.map(\.body.kind.rawValue).sorted() }
        #expect(kinds[Array("ethereum:\(LedgerText.ethereumWallet)".utf8)] == [1, 1, 4, 6])
        #expect(kinds[Array("solana:\(LedgerText.solanaWallet)".utf8)] == [1, 6])
        for one in try fixture.events() where one.event.body.kind == .transactionObserved {
            #expect(one.record.source == "ledger")
        }
    }

    @Test("A transaction's payload is its rows below the header: a ledger that says the same")
    func payload() throws {
        let fixture = try fixture(LedgerText.received, LedgerText.bought)
        try fixture.run(format: .csv)
        let payloads = Dictionary(
            uniqueKeysWithValues: fixture.log.stored(.providerPayloads).map { ($0.position, $0.record.value) })
        var seen = 0
        for one in try fixture.events() where one.event.body.kind == .transactionObserved {
            let position = try #require(one.event.payload)
            let payload = try #require(payloads[position])
            let told = try LedgerDecoder().decode(payload).streams.flatMap(\.transactions)
            #expect(told.map { Event.Body.transactionObserved($0) } == [one.event.body])
            seen += 1
        }
        #expect(seen == 2)
    }

    @Test("The same ledger twice appends nothing, another quantity is revision 2", arguments: [0, 1_000] as [Int64])
    func revisions(projectedOffset: Int64) throws {
        let fixture = try fixture(LedgerText.bought, LedgerText.sold, LedgerText.price)
        try fixture.run(format: .csv)
        fixture.projectedOffset = projectedOffset
        let again = try fixture.run(format: .csv)
        #expect(again.total.appendedEvents == 0 && again.total.transactions.known == 2)
        let changed = LedgerText.sold.replacing("USDC,800,", with: "USDC,900,")
        try fixture.write("a.csv", LedgerText.file(LedgerText.bought, changed, LedgerText.price))
        #expect(try fixture.run(format: .csv).total.transactions == ImportTally.Counts(changed: 1, known: 1))
    }

    @Test(
        "A bad row is named by line and column, and nothing of the file is appended",
        arguments: [
            ("STOCK,5,,", "STOCK,,,", "line 2, column quantity: missing"),
            ("STOCK,5,,", "STOCK,5x,,", "line 2, column quantity: no decimal number"),
            ("2025-01-01T12:00:00Z", "yesterday", "line 2, column time: "),
            ("symbol,quantity", "symbol,amount", "line 1: unknown column \"amount\""),
            ("USDC,500,1,", "USDC,500,1", "line 3: 10 fields, but the header has 11"),
            (",ethereum,", ",polygon,", "line 2, column chain: unsupported chain"),
            ("STOCK,5,,", "STOCK,-5,,", "line 2, column quantity: less than 0"),
            ("USDC,500,1,", "USDC,1e60,1,", "line 3, column quantity: does not fit 128 bits"),
            ("tx-1,trade,out", "tx-1,send,out", "line 3, column operation: differs from an earlier row of its act"),
        ])
    func badRows(piece: String, replacement: String, place: String) throws {
        let fixture = try ImportFixture()
        let text = String(decoding: LedgerText.file(LedgerText.bought, LedgerText.received), as: UTF8.self)
        #expect(text.contains(piece))
        try fixture.write("a.csv", Array(text.replacing(piece, with: replacement, maxReplacements: 1).utf8))
        let error = try #require(throws: IngestError.self) { try fixture.run(format: .csv) }
        #expect(error.code == .unreadableInput)
        #expect(error.description.contains("a.csv: \(place)"), "\(error)")
        #expect(fixture.log.stored(.walletTransactions).isEmpty && fixture.log.stored(.providerPayloads).isEmpty)
    }

    @Test("Skipping bad rows leaves their transaction out, as a refused one that a good row supersedes")
    func skipBad() throws {
        let fixture = try fixture(
            LedgerText.bought.replacing("USDC,500,1,", with: "USDC,,1,"), LedgerText.received)
        let summary = try fixture.run(format: .csv, skipsBadRows: true)
        #expect(summary.total.transactions == ImportTally.Counts(new: 1))
        #expect(summary.total.refused == ImportTally.Counts(new: 1))
        #expect(summary.hasRefusals)
        #expect(summary.text.contains("a.csv: line 3, column quantity: missing"))
        let refused = try fixture.events().compactMap { one in
            if case .transactionRefused(let event) = one.event.body { event } else { nil }
        }
        #expect(
            refused == [
                TransactionRefused(
                    identity: TransactionIdentity(hash: Array("tx-1".utf8)), code: .invalidNumber,
                    detail: "column quantity: missing")
            ])
        #expect(try fixture.run(format: .csv, skipsBadRows: true).total.appendedEvents == 0)
        try fixture.write("a.csv", LedgerText.file(LedgerText.bought, LedgerText.received))
        let mended = try fixture.run(format: .csv)
        #expect(mended.total.transactions == ImportTally.Counts(changed: 1, known: 1) && !mended.hasRefusals)
    }

    @Test("A bad header is refused even when bad rows are skipped, and a bad file refuses the good one beside it")
    func badFiles() throws {
        let fixture = try fixture(LedgerText.bought)
        try fixture.write("b.csv", Array("time,colour\n".utf8))
        #expect(throws: IngestError.self) { try fixture.run(format: .csv, skipsBadRows: true) }
        #expect(fixture.log.stored(.walletTransactions).isEmpty)
    }

    @Test("Of a price that two ledgers state the last counts, in every import")
    func prices() throws {
        let fixture = try fixture(LedgerText.bought, LedgerText.price)
        try fixture.write(
            "b.csv", LedgerText.file(LedgerText.sold, LedgerText.price.replacing("3.25", with: "4")))
        #expect(try fixture.run(format: .csv).total.prices == ImportTally.Counts(new: 1))
        let prices = try fixture.events().compactMap { one in
            if case .priceObserved(let event) = one.event.body { event.price } else { nil }
        }
        #expect(prices == [DecimalNumber(coefficient: 4, exponent: 0)])
        #expect(try fixture.run(format: .csv).total.appendedEvents == 0)
    }

    @Test("A disagreeing price is noted, the value wins, and the import is no refusal")
    func remark() throws {
        let fixture = try fixture(LedgerText.bought.replacing("USDC,500,1,", with: "USDC,500,1,400"))
        let summary = try fixture.run(format: .csv)
        #expect(summary.text.contains("Note: ") && summary.text.contains("line 3, column price_usd: disagrees"))
        #expect(!summary.hasRefusals)
    }
}
