import Events
import Testing

@testable import Ingest

@Suite("What cannot be decoded is refused and named")
struct ZerionRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let piece: String
        let replacement: String
        let code: TransactionRefused.Code
        let detail: String
        var testDescription: String { detail }

        init(_ piece: String, _ replacement: String, _ code: TransactionRefused.Code, _ detail: String) {
            (self.piece, self.replacement, self.code, self.detail) = (piece, replacement, code, detail)
        }
    }

    private static let digits = String(repeating: "7", count: 400)
    private static let int = "4350342651441"

    static let cases: [Case] = [
        Case(#""operation_type":"trade","#, "", .missingField, "attributes.operation_type"),
        Case(#""operation_type":"trade""#, #""operation_type":5"#, .wrongShape, "attributes.operation_type: 5"),
        Case(#""mined_at":"2025-09-22T15:48:43Z","#, "", .missingField, "attributes.mined_at"),
        Case(
            "2025-09-22T15:48:43Z", "2025-13-22T15:48:43Z", .invalidTime,
            #"attributes.mined_at: "2025-13-22T15:48:43Z""#),
        Case(
            "2025-09-22T15:48:43Z", "9999-09-22T15:48:43Z", .invalidTime,
            #"attributes.mined_at: "9999-09-22T15:48:43Z""#),
        Case(
            "2025-09-22T15:48:43Z", "1971-01-01T00:00:00Z", .invalidTime,
            #"attributes.mined_at: "1971-01-01T00:00:00Z""#),
        Case(#""status":"confirmed""#, #""status":"done""#, .wrongShape, #"attributes.status: "done""#),
        Case(#""status":"confirmed","#, "", .missingField, "attributes.status"),
        Case(#""transfers":["#, #""was":["#, .missingField, "attributes.transfers"),
        Case(#""transfers":["#, #""transfers":{},"was":["#, .wrongShape, "attributes.transfers: {}"),
        Case(#""transfers":["#, #""transfers":[7,"#, .wrongShape, "attributes.transfers[0]: 7"),
        Case(#""direction":"in""#, #""direction":"up""#, .wrongShape, #"attributes.transfers[0].direction: "up""#),
        Case(#""direction":"in","#, "", .missingField, "attributes.transfers[0].direction"),
        Case(#""int":"\#(int)""#, #""int":"-5""#, .negativeQuantity, #"attributes.transfers[0].quantity.int: "-5""#),
        Case(#""int":"\#(int)""#, #""int":"5x""#, .invalidNumber, #"attributes.transfers[0].quantity.int: "5x""#),
        Case(#""int":"\#(int)""#, #""int":1e3"#, .invalidNumber, "attributes.transfers[0].quantity.int: 1e3"),
        Case(
            #""int":"\#(int)""#, #""int":"\#(digits)""#, .outOfBounds,
            #"attributes.transfers[0].quantity.int: "\#(String(digits.prefix(79)))…"#),
        Case(
            #""value":1038.933315750192"#, #""value":\#(digits)"#, .outOfBounds,
            "attributes.transfers[0].value: \(digits.prefix(80))…"),
        Case(#""value":1038.933315750192"#, #""value":-1"#, .invalidNumber, "attributes.transfers[0].value: -1"),
        Case(#""value":1038.933315750192"#, #""value":"1.""#, .invalidNumber, #"attributes.transfers[0].value: "1.""#),
        Case(#""value":1038.933315750192"#, #""value":[]"#, .wrongShape, "attributes.transfers[0].value: []"),
        Case(#""price":2.38816e-4"#, #""price":1e-5000"#, .outOfBounds, "attributes.transfers[0].price: 1e-5000"),
        Case(
            #""decimals":6,"float""#, #""decimals":78,"float""#, .outOfBounds,
            "attributes.transfers[0].quantity.decimals: 78"),
        Case(
            #""decimals":6,"float""#, #""decimals":-1,"float""#, .invalidNumber,
            "attributes.transfers[0].quantity.decimals: -1"),
        Case(#""quantity":{"int":"\#(int)""#, #""was":{"int":"5""#, .missingField, "attributes.transfers[0].quantity"),
        Case(
            #""address":"\#(PageText.token)""#, #""address":"0x1""#, .invalidAddress,
            #"attributes.transfers[0].fungible_info.implementations.address: "0x1""#),
        Case(
            #""sent_from":"\#(PageText.wallet)""#, #""sent_from":"me""#, .invalidAddress, #"attributes.sent_from: "me""#
        ),
        Case(#""address":"\#(PageText.wallet)""#, #""address":"me""#, .invalidAddress, #"attributes.address: "me""#),
        Case(#""nonce":3"#, #""nonce":-1"#, .invalidNumber, "attributes.nonce: -1"),
        Case(#""nonce":3"#, #""nonce":"3""#, .wrongShape, #"attributes.nonce: "3""#),
        Case(#""mined_at_block":7"#, #""mined_at_block":1.5"#, .invalidNumber, "attributes.mined_at_block: 1.5"),
        Case(#""is_trash":false"#, #""is_trash":0"#, .wrongShape, "attributes.flags.is_trash: 0"),
        Case(#""acts":[{"#, #""acts":[null,{"#, .wrongShape, "attributes.acts[0]: null"),
        Case(#""int":"10463""#, #""int":"""#, .invalidNumber, #"attributes.fee.quantity.int: """#),
        Case(#""attributes":{"#, #""attributes":5,"was":{"#, .wrongShape, "attributes: 5"),
        Case(
            #""hash":"hash-1""#, #""hash":"\#(digits)""#, .outOfBounds,
            #"attributes.hash: "\#(String(digits.prefix(79)))…"#),
        Case(#""hash":"hash-1""#, #""hash":"a b""#, .wrongShape, #"attributes.hash: "a b""#),
        Case(#""id":"solana""#, #""id":"polygon""#, .unknownChain, #"relationships.chain.data.id: "polygon""#),
        Case(#""id":"solana""#, #""id":5"#, .wrongShape, "relationships.chain.data.id: 5"),
    ]

    @Test("The refusal names the field and its value, and the rest of the page goes on", arguments: cases)
    func refused(one: Case) throws {
        let good = PageText.transaction("hash-1", "hash-2").replacing("id-1", with: "id-2")
        let entries = try decode(PageText.page(PageText.transaction(one.piece, one.replacement), good))
        let refused = try #require(entries[0].refused)
        #expect(refused.code == one.code)
        #expect(refused.detail == one.detail)
        #expect(refused.identity.providerID == Array("id-1".utf8))
        #expect(entries[0].stream == entries[1].stream)
        #expect(entries[1].observed != nil)
    }

    @Test("More legs than a transaction may have are refused")
    func legs() throws {
        let leg = #"{"direction":"in","quantity":{"int":"1","decimals":0}}"#
        let many = Array(repeating: leg, count: TransactionObserved.maximumLegCount + 1).joined(separator: ",")
        let entry = try #require(
            try decode(PageText.page(PageText.transaction(#""transfers":["#, #""transfers":[\#(many)],"was":["#))).first
        )
        #expect(entry.refused?.code == .outOfBounds)
        let most = Array(repeating: leg, count: TransactionObserved.maximumLegCount).joined(separator: ",")
        let full = try #require(
            try decode(PageText.page(PageText.transaction(#""transfers":["#, #""transfers":[\#(most)],"was":["#))).first
        )
        #expect(full.observed?.legs.count == TransactionObserved.maximumLegCount)
    }

    @Test("A refused transaction keeps the hash and the time that can be read")
    func kept() throws {
        let refused = try #require(
            try decode(PageText.page(PageText.transaction(#""status":"confirmed""#, #""status":"done""#))).first?
                .refused)
        #expect(refused.identity.hash == Array("hash-1".utf8))
        #expect(refused.minedAt == 1_758_556_123_000_000)
    }

    @Test("Without hash and id the digest of the text names it, the same for the same text")
    func nameless() throws {
        let text = PageText.transaction(#""hash":"hash-1","#, "").replacing(#""id":"id-1","#, with: "")
        let first = try #require(try decode(PageText.page(text)).first?.refused)
        #expect(first.code == .missingField)
        #expect(first.identity.providerID.starts(with: "sha256:".utf8))
        #expect(first.identity.providerID.count <= TransactionIdentity.maximumByteCount)
        #expect(try decode(PageText.page(text)).first?.refused == first)
        let other = try #require(try decode(PageText.page(text.replacing("KICK", with: "KACK"))).first?.refused)
        #expect(other.identity != first.identity)
    }

    @Test("A transaction on an unknown chain goes to the command line's chain, else to its wallet's other ones")
    func unknownChain() throws {
        let unknown = PageText.transaction(#""id":"solana""#, #""id":"polygon""#)
            .replacing(PageText.wallet, with: PageText.ethereumWallet)
        #expect(try decode(PageText.page(unknown), chain: .base).first?.stream?.chain == .base)
        let known = PageText.transaction(#""id":"solana""#, #""id":"ethereum""#)
            .replacing(PageText.wallet, with: PageText.ethereumWallet)
            .replacing("KICK", with: "X")
        let entries = try decode(PageText.page(unknown, known))
        #expect(entries[0].stream?.chain == .ethereum)
        let alone = try #require(try decode(PageText.page(unknown)).first)
        #expect(alone.stream == nil)
        #expect(alone.refused?.code == .unknownChain)
    }

    @Test("A transaction that names no wallet goes to the page's only one")
    func noWallet() throws {
        let silent = PageText.transaction(#""address":"\#(PageText.wallet)","#, "")
        #expect(try decode(PageText.page(silent)).first?.stream == nil)
        let entries = try decode(PageText.page(silent, PageText.transaction))
        #expect(entries[0].refused?.detail == "attributes.address")
        #expect(entries[0].stream == entries[1].stream)
    }

    @Test(
        "A text that is no page is an error that names the byte or the record",
        arguments: [
            ("", nil, nil), ("{", 1, nil), (#"{"data":[{]}"#, 10, nil), (#"{"data":{}}"#, 0, nil), ("[]", 0, nil),
            (#"{"errors":[{"title":"x"}]}"#, 0, nil), (#"{"data":[{},5]}"#, 12, 1),
            (#"{"data":[{"type":"positions"}]}"#, 9, 0), (#"{"data":[]} x"#, 12, nil),
        ] as [(String, Int?, Int?)])
    func pages(text: String, byteOffset: Int?, record: Int?) throws {
        let error = #expect(throws: PageError.self) { try decode(Array(text.utf8)) }
        #expect(error?.byteOffset == byteOffset)
        #expect(error?.record == record)
    }
}
