import CSimdjson

/// What a JSON value is.
public enum JSONKind: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool
    /// A number, kept as its digits.
    case number
    /// A string.
    case string
    /// An array.
    case array
    /// An object.
    case object
}

/// A place in a document: two words, copied freely; keeps the document alive. Reading allocates nothing unless said.
public struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    var node: simdjson_shim_node { document.nodes[index] }

    var tag: UInt32 { node.tag & SIMDJSON_SHIM_KIND_MASK }

    /// What the value is.
    public var kind: JSONKind {
        switch Int(tag) {
        case SIMDJSON_SHIM_NULL: .null
        case SIMDJSON_SHIM_NUMBER: .number
        case SIMDJSON_SHIM_STRING: .string
        case SIMDJSON_SHIM_ARRAY: .array
        case SIMDJSON_SHIM_OBJECT: .object
        default: .bool
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { tag == UInt32(SIMDJSON_SHIM_NULL) }

    /// Where the value's own JSON text stands in `JSONDocument.text`: strings with their quotes.
    public var range: Range<Int> {
        let node = node
        return Int(node.offset)..<Int(node.offset + node.length)
    }

    /// The value's own JSON text, byte for byte; shares the document's memory.
    public var rawText: ArraySlice<UInt8> { document.padded[range] }

    /// How many times U+FFFD stands in this value for bytes that the text really held.
    public var replacementCount: Int { document.replacementCount(in: range) }

    /// The value of a `true` or `false`. Throws `wrongKind`.
    public func bool() throws(JSONError) -> Bool {
        switch Int(tag) {
        case SIMDJSON_SHIM_TRUE: return true
        case SIMDJSON_SHIM_FALSE: return false
        default: throw mismatch("a boolean")
        }
    }

    /// The number's own characters, of JSON's grammar; shares the document's memory. Throws `wrongKind`.
    public func numberDigits() throws(JSONError) -> ArraySlice<UInt8> {
        guard tag == UInt32(SIMDJSON_SHIM_NUMBER) else { throw mismatch("a number") }
        return rawText
    }

    /// A number written without fraction and exponent. Throws `wrongKind`, or `notRepresentable` if it is written
    /// otherwise or does not fit.
    @specialized(where Integer == UInt64)
    @specialized(where Integer == Int64)
    public func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self) throws(JSONError) -> Integer {
        let digits = try numberDigits()
        let isNegative = digits.first == UInt8(ascii: "-")
        var result: Integer = 0
        for byte in isNegative ? digits.dropFirst() : digits {
            let digit = Integer(truncatingIfNeeded: byte &- UInt8(ascii: "0"))
            let product = result.multipliedReportingOverflow(by: 10)
            let sum =
                isNegative
                ? product.partialValue.subtractingReportingOverflow(digit)
                : product.partialValue.addingReportingOverflow(digit)
            guard byte &- UInt8(ascii: "0") < 10, !product.overflow, !sum.overflow else {
                throw JSONError(.notRepresentable, at: range.lowerBound, "not an integer of \(Integer.bitWidth) bits")
            }
            result = sum.partialValue
        }
        return result
    }

    func mismatch(_ wanted: StaticString) -> JSONError {
        JSONError(.wrongKind, at: range.lowerBound, "expected \(wanted), found \(kind)")
    }
}
