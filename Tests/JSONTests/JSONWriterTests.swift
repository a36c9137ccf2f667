import Testing

@testable import JSON

@Suite struct JSONWriterTests {
    @Test("Containers, keys and values are separated as JSON wants it")
    func structure() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("empty")
        writer.beginArray()
        writer.endArray()
        writer.key("list")
        writer.beginArray()
        writer.beginObject()
        writer.endObject()
        writer.null()
        writer.bool(true)
        writer.bool(false)
        writer.number(digits: "1.50e-3".utf8)
        writer.raw(#"{"a":[1]}"#.utf8)
        writer.string("static" as StaticString)
        writer.endArray()
        writer.key(String("run\ntime"))
        writer.integer(-5)
        writer.endObject()
        let wanted = #"{"empty":[],"list":[{},null,true,false,1.50e-3,{"a":[1]},"static"],"run\ntime":-5}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == wanted)
        writer.removeAll()
        writer.integer(1)
        #expect(writer.bytes == [0x31])
    }

    @Test("Integers are written as Swift writes them, up to 128 bits")
    func integers() {
        func written(_ value: some FixedWidthInteger) -> String {
            var writer = JSONWriter()
            writer.integer(value)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        for value in [Int128.min, .max, 0, 1, -1, 10, -10, 10_000_000_000_000_000_000, 18_446_744_073_709_551_616] {
            #expect(written(value) == "\(value)")
            #expect(written(~value) == "\(~value)")
        }
        #expect(written(UInt128.max) == "\(UInt128.max)")
        #expect(written(Int64.min) == "\(Int64.min)")
        #expect(written(Int8.min) == "-128")
    }

    @Test("Every character comes back from what was written")
    func escaping() throws {
        let ascii = String(decoding: (0...0x7F) as ClosedRange<UInt8>, as: UTF8.self)
        for text in [ascii, "", "\"", "\\\\", "é😀\u{2028}", "\u{1F}tail", "plain text longer than fifteen bytes"] {
            var writer = JSONWriter()
            writer.beginArray()
            writer.string(text)
            // The span is that of bytes without padding.
            unsafe writer.string(utf8: Array(text.utf8).span.bytes)
            writer.endArray()
            var parser = try JSONParser()
            let document = try parser.parse(writer.bytes)
            #expect(document.replacements.isEmpty)
            // NUL alone is replaced when read.
            let wanted = text.replacing("\0", with: "\u{FFFD}")
            #expect(try document.root.elements().map { value in try value.string() } == [wanted, wanted])
        }
        var writer = JSONWriter()
        writer.string("\u{0}\u{8}\u{C}\u{1B}\u{1F}/" as StaticString)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #""\u0000\b\f\u001b\u001f/""#)
    }
}
