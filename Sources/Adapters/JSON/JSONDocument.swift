import CSimdjson

/// One parsed text: its bytes and a flat array of its values, which `JSONValue`s point into. Immutable.
public final class JSONDocument: Sendable {
    /// Bytes of spare capacity that let `JSONParser.parse` take an array over without a copy.
    public static let paddingByteCount = Int(SIMDJSON_SHIM_PADDING)

    /// The text's bytes without padding.
    public let byteCount: Int
    /// Where the parser put U+FFFD in place of bytes that are not UTF-8 or of a raw control character inside a string:
    /// ascending offsets into this document's text. Empty for nearly every document.
    public let replacements: [Int]

    /// The text and, behind it, the padding.
    let padded: [UInt8]
    let nodes: [simdjson_shim_node]

    init(padded: [UInt8], byteCount: Int, nodes: [simdjson_shim_node], replacements: [Int]) {
        self.padded = padded
        self.byteCount = byteCount
        self.nodes = nodes
        self.replacements = replacements
    }

    /// The document's own value.
    public var root: JSONValue { JSONValue(document: self, index: 0) }

    /// The whole text, as sanitised; shares the document's memory.
    public var text: ArraySlice<UInt8> { padded[0..<byteCount] }

    /// How many replacements lie in a range of the text.
    public func replacementCount(in range: Range<Int>) -> Int {
        replacements.isEmpty
            ? 0 : replacementCount(before: range.upperBound) - replacementCount(before: range.lowerBound)
    }

    /// By bisection: a hostile page may hold as many replacements as bytes.
    private func replacementCount(before offset: Int) -> Int {
        var (low, high) = (0, replacements.count)
        while low < high {
            let middle = low + (high - low) / 2
            if replacements[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
