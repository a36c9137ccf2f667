import Accounting
import Events
import Ingest
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import QueryAPI

@Suite("Exports and payloads")
struct V3ExportTests {
    @Test(
        "What a spreadsheet would run gets an apostrophe in front, everything else stays",
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
            ("\r=x", "'\r=x"), ("'=x", "''=x"), ("''@", "'''@"), ("'x", "'x"), ("x=1", "x=1"), ("", ""), ("'", "'"),
        ])
    func neutralising(text: String, expected: String) { #expect(CSVWriter.neutralised(text) == expected) }

    @Test("Fields with commas, quotes and line ends are quoted")
    func quoting() {
        var csv = CSVWriter(header: ["a", "b"])
        csv.field("x,y")
        csv.foreign("say \"hi\"\r\n")
        csv.endRow()
        csv.field(nil as String?)
        csv.field("-5")
        csv.endRow()
        let expected = "a,b\r\n\"x,y\",\"say \"\"hi\"\"\r\n\"\r\n,-5\r\n"
        #expect(String(decoding: csv.bytes, as: UTF8.self) == expected)
    }

    @Test("The ledger says what it has no words for, and a transaction without legs is not lost")
    func ledger() {
        var transaction = TransactionObserved(
            identity: TransactionIdentity(hash: Array("=h".utf8)), minedAt: 0, sender: PastHistories.wallet.address,
            operation: .trade,
            legs: [
                Leg(direction: .incoming, asset: .absent, nft: "7", amount: Amount(low: 1), decimals: 0),
                Leg(direction: .own, asset: .absent, amount: Amount(low: 1), decimals: 0),
            ])
        let only = LedgerExport(PastHistories.history(of: [.transactionObserved(transaction)]))
        #expect(only.leftOut == 1)
        let text = String(decoding: only.bytes, as: UTF8.self)
        #expect(text.split(separator: "\r\n").count == 2)
        #expect(text.contains(",'=h,trade,in,native,0,"))
        transaction.status = .pending
        #expect(LedgerExport(PastHistories.history(of: [.transactionObserved(transaction)])).leftOut == 1)
    }

    @Test("What is exported folds to the same numbers once it is imported, whatever happened")
    func roundTrip() throws {
        var random = SeededGenerator(for: "ledger round trip")
        for _ in 0..<100 {
            let seed = random.next()
            let history = PastHistories.history(
                seed: seed, transactions: Int.random(in: 1...60, using: &random), hasCorrections: false)
            let ledger = try LedgerDecoder().decode(LedgerExport(history).bytes)
            let stream = try #require(ledger.streams.first)
            let imported = PastHistories.history(
                of: stream.transactions.map(Event.Body.transactionObserved)
                    + stream.prices.map(Event.Body.priceObserved))
            let (expected, found) = (try R2.fold(history), try R2.fold(imported))
            #expect(found.tokens == expected.tokens, "seed \(seed)")
            #expect(found.disposals == expected.disposals, "seed \(seed)")
            #expect(found.openLots == expected.openLots, "seed \(seed)")
            #expect(found.daily == expected.daily, "seed \(seed)")
            #expect(found.portfolio == expected.portfolio, "seed \(seed)")
        }
    }

    @Test("Payloads are served at a rate")
    func rate() throws {
        let now = Atomic<Int64>(0)
        let limit = RateLimit(
            perSecond: 2, burst: 3, clock: MonotonicClock { now.load(ordering: .relaxed) })
        for _ in 0..<3 { try limit.take() }
        let refused = #expect(throws: APIError.self) { try limit.take() }
        #expect(refused?.code.status == 429)
        #expect(refused?.retryAfterSeconds == 1)
        now.store(500_000, ordering: .relaxed)
        try limit.take()
        #expect(throws: APIError.self) { try limit.take() }
        now.store(100_000_000, ordering: .relaxed)
        for _ in 0..<3 { try limit.take() }
        #expect(throws: APIError.self) { try limit.take() }
    }

    @Test("A correction's effect is the difference of two folds, and an undone one is told from one in force")
    func corrections() throws {
        let hash = Array("0x1".utf8)
        let token = AssetName.address(Address(bytes: [UInt8](repeating: 9, count: 20)) ?? .empty)
        let airdrop = TransactionObserved(
            identity: TransactionIdentity(hash: hash), minedAt: 0, operation: .receive,
            legs: [Leg(direction: .incoming, asset: token, symbol: "T", amount: Amount(low: 10), decimals: 0)])
        let sale = TransactionObserved(
            identity: TransactionIdentity(hash: Array("0x2".utf8)), minedAt: 1, operation: .trade,
            legs: [
                Leg(direction: .outgoing, asset: token, symbol: "T", amount: Amount(low: 10), decimals: 0),
                Leg(
                    direction: .incoming, asset: .absent, amount: Amount(low: 1), decimals: 0,
                    value: DecimalNumber(coefficient: 50, exponent: 0)),
            ])
        let basis = Correction(
            command: "c1", target: .basis, asset: token, transaction: hash, value: "20", author: "a", reason: "r")
        let undoing = Correction(
            command: "c2", target: .basis, asset: token, value: "", author: "b", reason: "s", undoes: "c1")
        let history = PastHistories.history(of: [
            .transactionObserved(airdrop), .transactionObserved(sale), .correctionMade(basis),
        ])
        let made = try #require(MadeCorrection.all(in: history).first)
        #expect(made.undone == nil)
        let effect = CorrectionEffect(
            with: try R2.fold(history), without: try R2.fold(history.without(made.made.position)))
        #expect(effect.realised?.units == 30 * Money.unitsPerDollar)
        #expect(effect.tokens.map(\.symbol) == ["T"])
        let undone = PastHistories.history(of: [
            .transactionObserved(airdrop), .correctionMade(basis), .correctionUndone(undoing),
        ])
        #expect(MadeCorrection.all(in: undone).map { $0.undone?.position.offset } == [2])
    }
}
