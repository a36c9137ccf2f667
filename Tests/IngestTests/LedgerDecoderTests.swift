import Events
import Ingest
import TestSupport
import Testing

/// Ledgers as documented (domain.md 12.1): what rows mean together, and what is refused where.
struct LedgerDecoderTests {
    private static let header = "time,chain,wallet,transaction,operation,direction,asset,quantity"
    private static let wallet = "0x1111111111111111111111111111111111111111"
    private static let other = "0x2222222222222222222222222222222222222222"
    private static let token = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

    private static func row(
        time: String = "2025-01-01T00:00:00Z", chain: String = "ethereum", wallet: String = wallet,
        transaction: String = "t1", operation: String = "trade", direction: String = "in", asset: String = token,
        quantity: String = "1", _ more: String...
    ) -> String {
        ([time, chain, wallet, transaction, operation, direction, asset, quantity] + more).joined(separator: ",")
    }

    private static func decode(
        _ rows: [String], columns: String = "", skipBad: Bool = false
    ) throws -> Ledger {
        let text = ([header + (columns.isEmpty ? "" : "," + columns)] + rows).joined(separator: "\n")
        return try LedgerDecoder().decode(Array(text.utf8), skipBad: skipBad)
    }

    private static func problems(_ rows: [String], columns: String = "") -> [LedgerProblem] {
        do {
            _ = try decode(rows, columns: columns)
            return []
        } catch {
            return (error as? LedgerError)?.problems ?? []
        }
    }

    @Test("Rows of one transaction become its legs and its fee, in the file's order")
    func transaction() throws {
        let ledger = try Self.decode(
            [
                Self.row(direction: "out", asset: "native", quantity: "0.5", "", "1500", "ETH"),
                Self.row(quantity: "10.250", "2.5", "", "TOKEN"),
                Self.row(direction: "fee", asset: "native", quantity: "0.001", "", "3", "ETH"),
            ], columns: "price_usd,value_usd,symbol")
        let stream = try #require(ledger.streams.first)
        let transaction = try #require(stream.transactions.first)
        #expect(ledger.streams.count == 1 && stream.transactions.count == 1)
        #expect(stream.wallet.text == "ethereum:\(Self.wallet)")
        #expect(transaction.sender == stream.wallet.address)
        #expect(transaction.legs.map(\.direction) == [.outgoing, .incoming])
        #expect(transaction.legs.map(\.symbol) == ["ETH", "TOKEN"])
        // ETH shows at most three places, in its fee.
        #expect(transaction.legs[0].decimals == 3 && transaction.legs[0].amount == Amount(low: 500))
        #expect(transaction.legs[1].decimals == 2 && transaction.legs[1].amount == Amount(low: 1025))
        #expect(transaction.legs[0].asset == .absent)
        #expect(transaction.fee?.amount == Amount(low: 1))
        #expect(transaction.fee?.direction == .outgoing)
        #expect(transaction.minedAt == 1_735_689_600_000_000)
    }

    @Test("Columns come in any order, fields in quotes hold commas, quotes and line ends")
    func quoting() throws {
        let text =
            "\u{FEFF}note,symbol,quantity,asset,direction,operation,transaction,wallet,chain,time\r\n"
            + "\"a \"\"b\"\",\r\nc\",\"x,y\",1,native,in,receive,\"t,1\",\(Self.wallet),ETH,1735689600000000\r\n\r\n"
        let ledger = try LedgerDecoder().decode(Array(text.utf8))
        let transaction = try #require(ledger.streams.first?.transactions.first)
        #expect(transaction.identity.hash == Array("t,1".utf8))
        #expect(transaction.legs[0].symbol == "x,y")
        #expect(transaction.minedAt == 1_735_689_600_000_000)
    }

    @Test(
        "What is wrong is named with its line and column",
        arguments: [
            (row(quantity: ""), "quantity", "missing"), (row(quantity: "1,0"), nil, "9 fields, but the header has 8"),
            (row(quantity: "-1"), "quantity", "less than 0"), (row(quantity: "0x1"), "quantity", "no decimal number"),
            (row(quantity: "1e-80"), "quantity", "more than 77 digits after the point"),
            (row(quantity: "170141183460469231731687303715884105728"), "quantity", "does not fit 128 bits"),
            (row(time: "2025-01-01T00:00:00"), "time", "neither RFC 3339 with a zone nor microseconds since 1970"),
            (row(chain: "polygon"), "chain", "unsupported chain"), (row(wallet: ""), "wallet", "missing"),
            (row(wallet: "0x12"), "wallet", "no address of ethereum"), (row(transaction: ""), "transaction", "missing"),
            (row(operation: ""), "operation", "missing"), (row(direction: ""), "direction", "missing"),
            (row(direction: "self"), "direction", "neither of in, out, fee"), (row(asset: ""), "asset", "missing"),
            (row(asset: "USDC"), "asset", "no address of ethereum"),
            (row(operation: "price"), "price_usd", "missing"),
            ("\"" + row(), nil, "a quote is not closed"),
            (row() + "\"", nil, "a quote within a field that does not begin with one"),
            (row(transaction: String(repeating: "t", count: 129)), "transaction", "longer than 128 bytes"),
        ] as [(String, String?, String)])
    func refusal(row: String, column: String?, reason: String) throws {
        let problems = Self.problems([Self.row(transaction: "good"), row])
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.line == 3)
        #expect(problem.column == column)
        #expect(problem.reason == reason)
    }

    @Test("A header is required and holds known columns, each once, and the required ones")
    func header() {
        for (text, count) in [
            ("", 1), (Self.header + ",colour\n", 1), (Self.header + ",time\n", 1), ("time,chain\n", 6),
        ] {
            #expect(throws: LedgerError.self) { try LedgerDecoder().decode(Array(text.utf8), skipBad: true) }
            do {
                _ = try LedgerDecoder().decode(Array(text.utf8))
            } catch {
                #expect(error.count == count)
            }
        }
    }

    @Test(
        "Rows of a transaction that disagree are refused",
        arguments: [
            ("", row(), row(time: "2025-01-01T00:00:01Z"), "time"),
            ("", row(), row(operation: "send"), "operation"),
            ("status", row("failed"), row("confirmed"), "status"), ("trash", row("true"), row("false"), "trash"),
            ("block", row("1"), row("2"), "block"), ("sender", row(""), row(other), "sender"),
            ("nonce", row("1"), row("2"), "nonce"), ("nonce", row("1"), row(transaction: "t2", ""), "nonce"),
            ("", row(direction: "fee"), row(direction: "fee"), "direction"),
        ])
    func disagreement(columns: String, first: String, second: String, column: String) {
        let problems = Self.problems([first, second], columns: columns)
        #expect(problems.map(\.line) == [3])
        #expect(problems.first?.column == column)
    }

    @Test("Skipping bad rows leaves out their whole transactions and says so")
    func skipping() throws {
        let rows = [
            Self.row(transaction: "bad"), Self.row(transaction: "bad", quantity: "x"), Self.row(transaction: "good"),
        ]
        let ledger = try Self.decode(rows, skipBad: true)
        #expect(ledger.streams.first?.transactions.map(\.identity.hash) == [Array("good".utf8)])
        #expect(ledger.skipped.map(\.description) == ["line 3, column quantity: no decimal number"])
        #expect(ledger.rowCount == 3)
    }

    @Test("Acts may have operations of their own; equal rows are two legs")
    func acts() throws {
        let ledger = try Self.decode(
            [
                Self.row("0"), Self.row("0"), Self.row(operation: "stake", direction: "out", "1"),
                Self.row(operation: "stake", asset: "native", "1"),
            ], columns: "act")
        let transaction = try #require(ledger.streams.first?.transactions.first)
        #expect(transaction.operation == .trade)
        #expect(transaction.acts == [Act(id: "1", operation: Operation(rawValue: "stake"))])
        #expect(transaction.legs.count == 4)
        #expect(transaction.legs[0] == transaction.legs[1])
    }

    @Test("Without nonces a transaction's place among those of its time is its nonce")
    func nonces() throws {
        let ledger = try Self.decode([
            Self.row(transaction: "b"), Self.row(transaction: "a"), Self.row(transaction: "b", direction: "out"),
            Self.row(time: "2025-01-02T00:00:00Z", transaction: "c"),
        ])
        let transactions = try #require(ledger.streams.first?.transactions)
        #expect(transactions.map { String(decoding: $0.identity.hash, as: UTF8.self) } == ["b", "a", "c"])
        #expect(transactions.map(\.nonce) == [0, 1, 0])
    }

    @Test("A fee in a transaction somebody else sent is still the wallet's")
    func feeOfAnother() throws {
        let ledger = try Self.decode([Self.row(direction: "fee", Self.other)], columns: "sender")
        let transaction = try #require(ledger.streams.first?.transactions.first)
        #expect(transaction.fee?.direction == .own)
        #expect(transaction.sender == Address(text: Self.other, chain: .ethereum))
    }

    @Test(
        "Price and value agree within 1 %, else the value wins and the row is reported",
        arguments: [
            ("10", "101", false), ("10", "100", false), ("10", "101.1", true), ("10", "99", true),
            ("0.000000000000000000000000000001", "0.00000000000000000000000000001", false), ("10", "0", true),
            ("0", "0", false), ("10", "1e30", true),
        ])
    func agreement(price: String, value: String, isReported: Bool) throws {
        let ledger = try Self.decode([Self.row(quantity: "10", price, value)], columns: "price_usd,value_usd")
        let leg = try #require(ledger.streams.first?.transactions.first?.legs.first)
        #expect(ledger.remarks.map(\.line) == (isReported ? [2] : []))
        #expect((leg.price == nil) == isReported)
        #expect(leg.value == (try DecimalNumber(text: value.utf8)))
    }

    @Test("A price concerns every wallet of the file that moves the asset; the last telling counts")
    func prices() throws {
        let price = { (value: String, more: String) in
            "2025-01-01T00:30:00Z,ethereum,,,price,,\(Self.token),,\(value),\(more)"
        }
        let ledger = try Self.decode(
            [
                price("5", ""), price("7", ""), price("8", "birdeye"), Self.row("", ""),
                Self.row(wallet: Self.other, asset: "native", "", ""),
                "2025-01-01T00:30:00Z,ethereum,,,price,,\(Self.other),,1,",
            ], columns: "price_usd,source")
        #expect(ledger.streams.count == 2)
        #expect(ledger.streams[0].prices.map(\.price.coefficient) == [7, 8])
        #expect(ledger.streams[0].prices.map(\.source) == ["ledger", "birdeye"])
        #expect(ledger.streams[1].prices.isEmpty)
        #expect(ledger.remarks.map(\.line) == [7])
    }

    @Test("Decimals that are stated hold; fewer than a quantity shows are refused")
    func decimals() throws {
        let ledger = try Self.decode([Self.row(quantity: "1.5", "6"), Self.row("")], columns: "decimals")
        #expect(ledger.streams[0].transactions[0].legs.map(\.decimals) == [6, 6])
        #expect(Self.problems([Self.row(quantity: "1.5", "0")], columns: "decimals").first?.column == "decimals")
    }
}

/// Damaged ledgers end in problems, never in a trap.
struct LedgerMutationTests {
    @Test("A ledger with bytes changed, dropped or doubled is decoded or refused")
    func mutations() throws {
        let original = Array(
            """
            time,chain,wallet,transaction,operation,direction,asset,quantity,price_usd,value_usd,decimals,act
            2025-01-01T00:00:00Z,ethereum,0x1111111111111111111111111111111111111111,t1,trade,out,native,0.5,3000,,18,0
            1735689600000000,eth,0x1111111111111111111111111111111111111111,"t,1",trade,in,native,10,,1500,,"a""b"
            2025-01-01T00:00:00Z,ethereum,,,price,,native,,7,,,

            """.utf8)
        var random = SeededGenerator(for: "ledger mutations")
        var refused = 0
        for _ in 0..<5_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert("\",\n9e-".utf8.randomElement(using: &random)!, at: place)
                }
            }
            do {
                _ = try LedgerDecoder().decode(bytes)
            } catch {
                refused += 1
                #expect(error.count > 0)
            }
            _ = try? LedgerDecoder().decode(bytes, skipBad: true)
        }
        #expect(refused > 1_000)
    }
}
