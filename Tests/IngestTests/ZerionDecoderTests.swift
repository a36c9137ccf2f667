import Events
import Testing

@testable import Ingest

@Suite("Zerion's pages become transactions")
struct ZerionDecoderTests {
    private func observed(_ piece: String, _ replacement: String) throws -> TransactionObserved {
        let entries = try decode(PageText.page(PageText.transaction(piece, replacement)))
        return try #require(entries.first?.observed, "\(String(describing: entries.first?.refused))")
    }

    @Test("Everything the provider says is kept, digit by digit")
    func everything() throws {
        let entry = try #require(try decode(PageText.page(PageText.transaction)).first)
        let wallet = try #require(Address(text: PageText.wallet, chain: .solana))
        let token = try #require(Address(text: PageText.token, chain: .solana))
        let native = try #require(Address(text: "11111111111111111111111111111111", chain: .solana))
        #expect(entry.stream == WalletKey(chain: .solana, address: wallet))
        #expect(String(decoding: entry.payload, as: UTF8.self) == PageText.transaction)
        let expected = TransactionObserved(
            identity: TransactionIdentity(hash: Array("hash-1".utf8), providerID: Array("id-1".utf8)),
            minedAt: 1_758_556_123_000_000, block: 7, nonce: 3, sender: wallet, operation: .trade,
            legs: [
                Leg(
                    act: "0", direction: .incoming, asset: .address(token), symbol: "KICK",
                    amount: Amount(low: 4_350_342_651_441), decimals: 6,
                    price: DecimalNumber(coefficient: 238_816, exponent: -9),
                    value: DecimalNumber(coefficient: 1_038_933_315_750_192, exponent: -12))
            ],
            fee: Leg(
                direction: .outgoing, asset: .address(native), symbol: "SOL", amount: Amount(low: 10463), decimals: 9,
                price: DecimalNumber(coefficient: 220_518, exponent: -3),
                value: DecimalNumber(coefficient: 23, exponent: -4)))
        #expect(entry.observed == expected)
    }

    @Test(
        "What is optional may be missing or null",
        arguments: [
            (#""acts":[{"id":"0","type":"trade"}]"#, #""other":0"#), (#","act_id":"0""#, ""),
            (#""act_id":"0""#, #""act_id":null"#), (#""nonce":3,"#, #""nonce":null,"#), (#""nonce":3,"#, ""),
            (#""mined_at_block":7,"#, ""), (#""sent_from":"\#(PageText.wallet)","#, #""sent_from":"","#),
            (#""flags":{"is_trash":false},"#, ""), (#""is_trash":false"#, ""),
            (#""price":220.518,"value":0.0023"#, #""price":null,"value":null"#),
            (#""type":"transactions","#, ""), (#""symbol":"KICK","#, #""symbol":null,"#), (#""id":"id-1","#, ""),
            (#""hash":"hash-1","#, #""hash":null,"#), (#""acts":[{"#, #""acts":null,"more":[{"#),
        ])
    func optional(piece: String, replacement: String) throws {
        _ = try observed(piece, replacement)
    }

    @Test("A fee that is missing or null is no fee")
    func fee() throws {
        #expect(try observed(#""fee":{"#, #""fee":null,"was":{"#).fee == nil)
        #expect(try observed(#""fee":{"#, #""was":{"#).fee == nil)
    }

    @Test("Without a hash the provider's id names the transaction")
    func identity() throws {
        let event = try observed(#""hash":"hash-1","#, "")
        #expect(event.identity == TransactionIdentity(hash: [], providerID: Array("id-1".utf8)))
    }

    @Test(
        "Unknown operations pass through, and so do acts that say more",
        arguments: [
            ("trade", [Act]()), ("revoke_delegation", [Act(id: "0", operation: .trade)]),
        ])
    func operations(word: String, acts: [Act]) throws {
        let event = try observed(#""operation_type":"trade""#, #""operation_type":"\#(word)""#)
        #expect(event.operation.rawValue == word)
        #expect(event.acts == acts)
    }

    @Test("Several acts are all kept")
    func acts() throws {
        let acts = try observed(#"[{"id":"0","type":"trade"}]"#, #"[{"id":"0","type":"trade"},{"id":"1"}]"#).acts
        #expect(acts == [Act(id: "0", operation: .trade), Act(id: "1", operation: .trade)])
    }

    @Test(
        "Times are RFC 3339 with Z or an offset",
        arguments: [
            ("2025-09-22T15:48:43+00:00", 1_758_556_123_000_000), ("2025-09-22T17:48:43+02:00", 1_758_556_123_000_000),
            ("2025-09-22T15:48:43.25Z", 1_758_556_123_250_000),
        ])
    func times(text: String, microseconds: Int64) throws {
        #expect(try observed("2025-09-22T15:48:43Z", text).minedAt == microseconds)
    }

    @Test("Block 0 is an unknown block")
    func block() throws {
        #expect(try observed(#""mined_at_block":7"#, #""mined_at_block":0"#).block == nil)
    }

    @Test(
        "The asset is kept as it was named",
        arguments: [
            (#""address":"\#(PageText.token)""#, #""address":"""#, AssetName.empty),
            (#""address":"\#(PageText.token)""#, #""address":null"#, .absent),
            (#""address":"\#(PageText.token)","#, "", .absent),
            (#"{"chain_id":"solana","address":"\#(PageText.token)","#, #"{"chain_id":"base","#, .unidentified),
            (#""fungible_info":{"symbol":"KICK""#, #""fungible_info":null,"was":{"symbol":"KICK""#, .unidentified),
        ])
    func assets(piece: String, replacement: String, name: AssetName) throws {
        let leg = try #require(try observed(piece, replacement).legs.first)
        #expect(leg.asset == name)
        #expect(leg.nft == nil)
    }

    @Test("An NFT is named by its contract and its id, and counted by its quantity")
    func nft() throws {
        let contract = "0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d"
        let text = PageText.transaction
            .replacing(PageText.wallet, with: PageText.ethereumWallet)
            .replacing(#""id":"solana""#, with: #""id":"ethereum""#)
            .replacing(
                #""fungible_info":{"symbol":"KICK""#,
                with:
                    #""nft_info":{"contract_address":"\#(contract)","token_id":"8520","name":"Ape"},"was":{"symbol":"""#
            )
            .replacing(#""int":"4350342651441","decimals":6"#, with: #""int":"1","decimals":0"#)
            .replacing(#""value":1038.933315750192,"price":2.38816e-4"#, with: #""value":null,"price":null"#)
        let leg = try #require(try decode(PageText.page(text)).first?.observed?.legs.first)
        let address = try #require(Address(text: contract, chain: .ethereum))
        #expect(
            leg
                == Leg(
                    act: "0", direction: .incoming, asset: .address(address), nft: "8520", symbol: "Ape",
                    amount: Amount(low: 1), decimals: 0))
        let number = text.replacing(#""token_id":"8520""#, with: #""token_id":8520"#)
        #expect(try decode(PageText.page(number)).first?.observed?.legs.first == leg)
    }

    @Test(
        "Quantities are exact: int and decimals, else numeric; float is never read",
        arguments: [
            (#""int":"4350342651441","#, "", "4350342651441", 6),
            (#""int":"4350342651441","#, #""int":null,"#, "4350342651441", 6),
            (#""int":"4350342651441","decimals":6,"#, "", "4350342651441", 6),
            (
                #""decimals":6,"float":4350342.6,"numeric":"4350342.651441""#, #""decimals":6,"float":"x""#,
                "4350342651441", 6
            ),
            (
                #""int":"4350342651441","decimals":6,"float":4350342.6,"numeric":"4350342.651441""#,
                #""decimals":9,"numeric":"12.5000000000""#, "12500000000", 9
            ),
            (#""decimals":6,"float""#, #""decimals":77,"float""#, "4350342651441", 77),
            (#""int":"4350342651441""#, #""int":"\#(UInt128.max)""#, "\(UInt128.max)", 6),
            (#""int":"4350342651441""#, #""int":5"#, "5", 6), (#""int":"4350342651441""#, #""int":"0""#, "0", 6),
        ])
    func quantities(piece: String, replacement: String, amount: String, decimals: UInt8) throws {
        let leg = try #require(try observed(piece, replacement).legs.first)
        #expect(leg.amount.description == amount)
        #expect(leg.decimals == decimals)
    }

    @Test("Prices and values keep their digits, in whatever form they are written")
    func prices() throws {
        let leg = try #require(try observed("2.38816e-4", #""1.3938885264721465E-08""#).legs.first)
        #expect(leg.price == DecimalNumber(coefficient: 13_938_885_264_721_465, exponent: -24))
    }

    @Test(
        "NUL and invalid UTF-8 in a symbol become U+FFFD and are counted",
        arguments: [
            (Array(#"\u0000"#.utf8), "\u{FFFD}"), ([0], "\u{FFFD}"), ([0xFF], "\u{FFFD}"),
            (Array(#"\ud800"#.utf8), "\u{FFFD}"),
        ])
    func symbols(bytes: [UInt8], shown: String) throws {
        let page = PageText.page(PageText.transaction("KICK", "KI~CK"), PageText.transaction("hash-1", "hash-2"))
        let split = page.split(separator: UInt8(ascii: "~"), maxSplits: 1)
        let events = try decode(Array(split[0] + bytes + split[1])).map { try #require($0.observed) }
        #expect(events[0].legs[0].symbol == "KI\(shown)CK")
        #expect(events.map(\.replacedTexts) == [1, 0])
    }

    @Test("A long symbol is cut before a character")
    func longSymbol() throws {
        let symbol = try #require(try observed("KICK", String(repeating: "é", count: 100)).legs.first).symbol
        #expect(symbol == String(repeating: "é", count: ZerionFields.maximumSymbolByteCount / 2))
        let odd = try #require(try observed("KICK", "x" + String(repeating: "é", count: 100)).legs.first).symbol
        #expect(odd.utf8.count == ZerionFields.maximumSymbolByteCount - 1)
    }

    @Test("The wallet is the transaction's own, else the command line's, else the link's")
    func wallets() throws {
        let silent = PageText.transaction(#""address":"\#(PageText.wallet)","#, "")
        let link = "https://api.zerion.io/v1/wallets/\(PageText.wallet)/transactions/?currency=usd"
        let own = try #require(Address(text: PageText.wallet, chain: .solana))
        let other = try #require(Address(text: PageText.otherWallet, chain: .solana))
        #expect(try decode(PageText.page(silent, link: link)).first?.stream?.address == own)
        #expect(
            try decode(PageText.page(silent, link: link), wallet: PageText.otherWallet).first?.stream?.address == other)
        #expect(
            try decode(PageText.page(PageText.transaction), wallet: PageText.otherWallet).first?.stream?.address == own)
    }

    @Test("A transaction that names no chain is on the command line's")
    func chains() throws {
        let silent = PageText.transaction(#""data":{"type":"chains","id":"solana"}"#, "")
        #expect(try decode(PageText.page(silent), chain: .solana).first?.observed != nil)
        #expect(try decode(PageText.page(silent)).first?.refused?.code == .missingField)
    }

    @Test("Every shipped page is decoded without a refusal", arguments: RecordedPages.pages)
    func examples(name: String, recording: String, wallets: Int, transactions: Int, legs: Int) throws {
        let entries = try decode(try RecordedPages.example(name))
        #expect(entries.compactMap(\.refused) == [])
        let events = entries.compactMap(\.observed)
        #expect(events.count == transactions)
        #expect(events.map(\.legs.count).reduce(0, +) == legs)
        #expect(Set(entries.compactMap(\.stream)).count == wallets)
        #expect(events.allSatisfy { $0.fee != nil && $0.replacedTexts == 0 })
    }

    @Test(
        "What a shipped page leaves out is never read: the recording gives the same transactions",
        .enabled(if: RecordedPages.areRecordingsPresent), arguments: RecordedPages.pages)
    func recordings(name: String, recording: String, wallets: Int, transactions: Int, legs: Int) throws {
        let shipped = try decode(try RecordedPages.example(name))
        let recorded = try decode(try RecordedPages.recording(recording))
        #expect(shipped.map(\.observed) == recorded.map(\.observed))
        #expect(shipped.map(\.stream) == recorded.map(\.stream))
    }
}
