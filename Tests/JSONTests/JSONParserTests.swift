import Testing

@testable import JSON

func parsed(_ text: String, maximumDepth: Int = 64) throws -> JSONDocument {
    var parser = try JSONParser(maximumDepth: maximumDepth)
    return try parser.parse(Array(text.utf8))
}

/// The error of parsing these bytes; records an issue when there is none.
func refusal(_ bytes: [UInt8], maximumByteCount: Int = 1 << 20, maximumDepth: Int = 64) throws -> JSONError {
    try #require(throws: JSONError.self) {
        var parser = try JSONParser(maximumByteCount: maximumByteCount, maximumDepth: maximumDepth)
        _ = try parser.parse(bytes)
    }
}

@Suite struct JSONParserTests {
    @Test(
        "A text that is not JSON is refused at the byte where it goes wrong",
        arguments: [
            ("", JSONError.Code.empty, nil), (" \n\t ", .empty, nil),
            ("<html></html>", .unexpectedByte, 0), ("{'a':1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5),
            ("[1 2]", .unexpectedByte, 3), ("[1,]", .unexpectedByte, 3), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{,}", .unexpectedByte, 1), ("[}", .unexpectedByte, 1), ("{]", .unexpectedByte, 1),
            ("{\"a\":}", .unexpectedByte, 5), ("{1:2}", .unexpectedByte, 1), ("[1\"a\"]", .invalidNumber, 1),
            ("[\"a\"\"b\"]", .unexpectedByte, 4), ("[\"a\"b]", .unexpectedByte, 4), ("\u{FEFF}{}", .unexpectedByte, 0),
            ("{} {}", .trailingContent, 3), ("1,", .trailingContent, 1), ("[]]", .trailingContent, 2),
            ("[", .truncated, 1), ("{\"a\"", .truncated, 4), ("{\"a\":", .truncated, 5), ("[\"ab", .truncated, 4),
            ("[tru", .truncated, 4), ("[1.", .truncated, 3), ("[true,", .truncated, 6), ("\"", .truncated, 1),
            ("tru", .invalidLiteral, 0), ("[truex]", .invalidLiteral, 1), ("[nul]", .invalidLiteral, 1),
            ("[falsey,1]", .invalidLiteral, 1), ("[True]", .unexpectedByte, 1), ("[NaN]", .unexpectedByte, 1),
            (#"["\x"]"#, .invalidEscape, 2), (#"["ab\u12g4"]"#, .invalidEscape, 4), (#"["\u12"]"#, .invalidEscape, 2),
            (#"{"\q":1}"#, .invalidEscape, 2),
        ] as [(String, JSONError.Code, Int?)])
    func refusedText(text: String, code: JSONError.Code, byteOffset: Int?) throws {
        let error = try refusal(Array(text.utf8))
        #expect(error.code == code)
        #expect(error.byteOffset == byteOffset)
    }

    @Test("An error's description holds its place and nothing of the text but one byte's value")
    func describedError() throws {
        let error = try refusal(Array("[secret]".utf8))
        #expect(error.description == "byte 1: unexpected byte 0x73")
        #expect(error.shortDescription == "unexpected_byte")
        #expect(!error.isRetriable)
        #expect(try refusal(Array("[1,".utf8)).isRetriable)
    }

    @Test(
        "A number of the grammar is kept as its own digits",
        arguments: [
            "0", "-0", "7", "10", "-12", "0.5", "-0.50", "1e5", "1E+5", "1.25e-07", "123456789012345678901234567890.5",
            "0e0", "1.0e+00",
        ])
    func acceptedNumber(digits: String) throws {
        for (before, after) in [("", ""), ("[", "]"), ("[", "  ]"), ("{\"a\":", "}"), ("[1 ,", "\n,2]")] {
            let text = before + digits + after
            let raw = Array(text.utf8)
            let root = try parsed(text).root
            let number =
                switch root.kind {
                case .array: try #require(try root.elements().first { $0.rawText.elementsEqual(digits.utf8) })
                case .object: try root.requiredValue(forKey: "a")
                default: root
                }
            #expect(number.kind == .number)
            #expect(String(decoding: try number.numberDigits(), as: UTF8.self) == digits)
            #expect(raw[number.range].elementsEqual(digits.utf8))
        }
    }

    @Test(
        "A number outside the grammar is refused, wherever it stands",
        arguments: [
            "-", "01", "-01", "1.", "1.e5", "1e", "1e+", "1.2.3e", "1.2.3", "1-2", "0x10", "1_0", "--1", "1f", "1+1",
        ])
    func refusedNumber(digits: String) throws {
        for (before, after) in [("", ""), ("[", "]"), ("{\"skipped\":", ",\"b\":1}"), ("[0,", " ]")] {
            let error = try refusal(Array((before + digits + after).utf8))
            #expect(error.code == .invalidNumber)
            #expect(error.byteOffset == before.utf8.count)
        }
    }

    @Test("Depth and size are bounded, and the bounds themselves are allowed")
    func bounds() throws {
        #expect(throws: Never.self) { try parsed("[[[1]]]", maximumDepth: 3) }
        let deep = try refusal(Array("[[[[1]]]]".utf8), maximumDepth: 3)
        #expect(deep.code == .tooDeep && deep.byteOffset == 3)
        #expect(try refusal(Array("[]".utf8), maximumDepth: 0).code == .tooDeep)
        let hostile = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
        #expect(try refusal(hostile).code == .tooDeep)

        let large = try refusal([0x31, 0x32, 0x33], maximumByteCount: 2)
        #expect(large.code == .tooLarge && large.byteOffset == nil)
        var parser = try JSONParser(maximumByteCount: 2)
        #expect(try parser.parse([0x31, 0x32]).root.integer(as: Int.self) == 12)
        #expect(try JSONParser(maximumByteCount: .max).maximumByteCount == JSONParser.largestByteCount)
    }

    @Test("One parser parses many documents, also after an error, and documents do not disturb each other")
    func reusedParser() throws {
        var parser = try JSONParser()
        let first = try parser.parse(Array(#"{"a":[1,2]}"#.utf8))
        #expect(throws: JSONError.self) { try parser.parse(Array("[".utf8)) }
        let large = Array(("[" + String(repeating: "\"text\",", count: 40_000) + "0]").utf8)
        #expect(try parser.parse(large).root.count == 40_001)
        // The span is that of bytes without padding.
        let second = try unsafe parser.parse(Array("[7]".utf8).span.bytes)
        #expect(first.root.value(forKey: "a")?.count == 2)
        #expect(first.text.elementsEqual(#"{"a":[1,2]}"#.utf8))
        #expect(try second.root.elements().map { value in try value.integer(as: Int.self) } == [7])
    }
}
