import Testing

@testable import JSON

@Suite struct JSONValueTests {
    static let text = #"""
        { "text" : "a\"b" , "nothing":null, "yes":true,"no" : false ,
          "list":[ 1 , [ ] , {"deep":[{}]} ,"x"], "object": {"k":{"k":-5}, "k":2}, "plain":"é😀" }
        """#

    @Test("Members are found whatever the order they are asked for, and skipping passes over what they contain")
    func members() throws {
        let root = try parsed(Self.text).root
        #expect(root.kind == .object && root.count == 7)
        #expect(try root.requiredValue(forKey: "plain").string() == "é😀")
        #expect(try root.requiredValue(forKey: "text").string() == "a\"b")
        #expect(try root.requiredValue(forKey: "yes").bool())
        #expect(try !root.requiredValue(forKey: "no").bool())
        #expect(try root.requiredValue(forKey: "nothing").isNull)
        #expect(root.presentValue(forKey: "nothing") == nil)
        #expect(root.value(forKey: "deep") == nil)
        #expect(root.value(forKey: "tex") == nil && root.value(forKey: "textt") == nil)
        let keys = try root.members().map { member in try member.key.string() }
        #expect(keys == ["text", "nothing", "yes", "no", "list", "object", "plain"])
    }

    @Test("Of equal keys the first counts")
    func equalKeys() throws {
        let object = try parsed(Self.text).root.requiredValue(forKey: "object")
        #expect(object.count == 2)
        #expect(try object.requiredValue(forKey: "k").requiredValue(forKey: "k").integer(as: Int.self) == -5)
    }

    @Test("A key written with escapes is the key it spells")
    func escapedKey() throws {
        let root = try parsed(#"{"\u0068ash":1,"ha\u0073h":2}"#).root
        #expect(try root.requiredValue(forKey: "hash").integer(as: Int.self) == 1)
    }

    @Test("Elements come in order, and each raw text is exactly the input's bytes")
    func elements() throws {
        let document = try parsed(Self.text)
        let list = try document.root.requiredValue(forKey: "list")
        let raw = try list.elements().map { String(decoding: $0.rawText, as: UTF8.self) }
        #expect(raw == ["1", "[ ]", #"{"deep":[{}]}"#, #""x""#])
        #expect(list.count == 4)
        #expect(String(decoding: list.rawText, as: UTF8.self) == #"[ 1 , [ ] , {"deep":[{}]} ,"x"]"#)
        for element in try list.elements() {
            #expect(Array(Self.text.utf8)[element.range] == element.rawText)
        }
        #expect(document.root.range == 0..<Self.text.utf8.count)
        #expect(document.text.elementsEqual(Self.text.utf8))
    }

    @Test("Another shape than the one asked for is an error that says where and what")
    func otherShape() throws {
        let root = try parsed(Self.text).root
        let text = try root.requiredValue(forKey: "text")
        func expectWrongKind(_ access: () throws -> Void) throws {
            #expect(try #require(throws: JSONError.self) { try access() }.code == .wrongKind)
        }
        try expectWrongKind { _ = try text.bool() }
        try expectWrongKind { _ = try text.numberDigits() }
        try expectWrongKind { _ = try text.integer(as: Int.self) }
        try expectWrongKind { _ = try text.elements() }
        try expectWrongKind { _ = try text.members() }
        try expectWrongKind { _ = try text.requiredValue(forKey: "a") }
        try expectWrongKind { _ = try root.string() }
        try expectWrongKind { _ = try root.elements() }
        let missing = try #require(throws: JSONError.self) { try root.requiredValue(forKey: "hash") }
        #expect(missing.code == .missingMember)
        #expect(missing.description == "byte 0: the object has no member \"hash\"")
        let mismatch = try #require(throws: JSONError.self) { try text.bool() }
        #expect(mismatch.description == "byte 11: expected a boolean, found string")
        #expect(text.value(forKey: "a") == nil && text.count == 0)
    }

    @Test(
        "A number that is no integer of the type asked for is not representable",
        arguments: ["1.0", "1e2", "-1", "256", "99999999999999999999999999"])
    func notRepresentable(digits: String) throws {
        let value = try parsed(digits).root
        #expect(try #require(throws: JSONError.self) { try value.integer(as: UInt8.self) }.code == .notRepresentable)
    }

    @Test("Integers reach the limits of their type")
    func integers() throws {
        #expect(try parsed("\(Int128.min)").root.integer(as: Int128.self) == .min)
        #expect(try parsed("\(Int128.max)").root.integer(as: Int128.self) == .max)
        #expect(try parsed("\(UInt64.max)").root.integer(as: UInt64.self) == .max)
        #expect(try parsed("-128").root.integer(as: Int8.self) == -128)
        #expect(try parsed("-0").root.integer(as: Int.self) == 0)
    }

    @Test(
        "Escapes resolve to the characters they stand for",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t", 0), (#""\u0041\u00e9\u20AC""#, "Aé€", 0),
            (#""x\ud83d\uDE00y""#, "x😀y", 0), (#""\udbff\udfff""#, "\u{10FFFF}", 0), (#""\\u0041""#, "\\u0041", 0),
            (#""a\u0000b""#, "a\u{FFFD}b", 1), (#""\ud83d""#, "\u{FFFD}", 1), (#""\ude00x""#, "\u{FFFD}x", 1),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀", 1), (#""\ud83d\u0041""#, "\u{FFFD}A", 1),
            (#""\ud83d\n""#, "\u{FFFD}\n", 1), (#""\u0000\u0000""#, "\u{FFFD}\u{FFFD}", 2), (#""""#, "", 0),
        ])
    func escapes(json: String, wanted: String, wantedCount: Int) throws {
        let value = try parsed(json).root
        var replacedCount = 0
        #expect(try value.string(replacedCount: &replacedCount) == wanted)
        #expect(replacedCount == wantedCount)
        #expect(try value.stringBytes().elementsEqual(wanted.utf8))
        #expect(try value.string() == wanted)
    }

    @Test("A string is compared with a literal by what it spells")
    func comparison() throws {
        let values = try Array(parsed(#"["trade","tr\u0061de","trader","",5]"#).root.elements())
        #expect(values.map { $0.isString("trade") } == [true, true, false, false, false])
        let bytes = try values[1].stringBytes()
        #expect(values.map { $0.isString(utf8: bytes) } == [true, true, false, false, false])
        #expect(values.map { $0.isString("") } == [false, false, false, true, false])
    }
}
