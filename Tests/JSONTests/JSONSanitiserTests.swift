import Testing

@testable import JSON

@Suite struct JSONSanitiserTests {
    static func bytes(_ before: String, _ middle: [UInt8], _ after: String) -> [UInt8] {
        Array(before.utf8) + middle + Array(after.utf8)
    }

    @Test(
        "A byte sequence that is not UTF-8, or a raw control character, becomes U+FFFD and the document is read",
        arguments: [
            ([0xFF], 1), ([0xC3], 1), ([0xC0, 0x80], 2), ([0xED, 0xA0, 0x80], 3), ([0xF0, 0x9F, 0x98], 1),
            ([0xF4, 0x90, 0x80, 0x80], 4), ([0x00], 1), ([0x0A], 1), ([0x1F, 0x80], 2), ([0x5C, 0x0A], 1),
            ([0x5C, 0xFF], 1), ([0x5C, 0x5C, 0x01], 1),
        ] as [([UInt8], Int)])
    func replaced(middle: [UInt8], wantedCount: Int) throws {
        var parser = try JSONParser()
        let input = Self.bytes(#"{"ok":"é\"","bad":"x"#, middle, #"y","after":[1,2]}"#)
        let document = try parser.parse(input)
        let kept = middle.starts(with: [0x5C, 0x5C]) ? "\\" : ""
        let wanted = "x" + kept + String(repeating: "\u{FFFD}", count: wantedCount) + "y"
        let bad = try document.root.requiredValue(forKey: "bad")
        #expect(try bad.string() == wanted)
        #expect(document.replacements.count == wantedCount)
        #expect(bad.replacementCount == wantedCount)
        #expect(try document.root.requiredValue(forKey: "ok").replacementCount == 0)
        #expect(try document.root.requiredValue(forKey: "ok").string() == "é\"")
        #expect(try document.root.requiredValue(forKey: "after").count == 2)
        for offset in document.replacements {
            #expect(document.text[offset..<offset + 3].elementsEqual([0xEF, 0xBF, 0xBD]))
        }
    }

    @Test("The elements touched can be counted")
    func touchedElements() throws {
        var parser = try JSONParser()
        let document = try parser.parse(Self.bytes(#"[{"a":"x"},{"a":""#, [0xFF, 0x01], #""},{"a":"y"}]"#))
        #expect(try document.root.elements().map(\.replacementCount) == [0, 2, 0])
        #expect(try parser.parse(Array("[\"\u{FFFD}\"]".utf8)).replacements.isEmpty)
    }

    @Test("White space between tokens is left alone, and bytes that are no text outside a string are still an error")
    func outsideStrings() throws {
        var parser = try JSONParser()
        let document = try parser.parse(Self.bytes("{\r\n\t\"a\" :\n\"", [0x09], "\"\n}\n"))
        #expect(document.replacements.count == 1)
        #expect(document.text.starts(with: "{\r\n\t\"a\" :\n\"".utf8))
        #expect(try refusal([0x5B, 0xFF, 0x5D]).code == .unexpectedByte)
        #expect(try refusal([0x5B, 0x00, 0x5D]).code == .unexpectedByte)
        #expect(try refusal([0xFF]).code == .unexpectedByte)
        #expect(try refusal(Self.bytes("[\"", [0xFF], "\",")).code == .truncated)
    }
}
