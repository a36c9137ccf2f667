import Events

/// JSON that keeps the digits of its numbers, for reading recorded pages in tests.
indirect enum ExactJSON {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([ExactJSON])
    case object([String: ExactJSON])

    struct Malformed: Error { var offset: Int }

    init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes: bytes)
        self = try reader.value()
        reader.skipBlanks()
        guard reader.offset == bytes.count else { throw Malformed(offset: reader.offset) }
    }

    subscript(key: String) -> ExactJSON {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }
    var elements: [ExactJSON] { if case .array(let elements) = self { elements } else { [] } }
    var members: [String: ExactJSON] { if case .object(let members) = self { members } else { [:] } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The text of a number or of a string that holds one.
    var digits: String? {
        switch self {
        case .number(let text), .string(let text): text
        default: nil
        }
    }
    /// The number, exactly.
    var decimal: DecimalNumber? {
        get throws { try digits.map { try DecimalNumber(text: $0.utf8) } }
    }
    var integer: Int64? { digits.flatMap { Int64($0) } }
}

private struct Reader {
    let bytes: [UInt8]
    var offset = 0

    mutating func skipBlanks() {
        while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    }

    mutating func value() throws -> ExactJSON {
        skipBlanks()
        guard offset < bytes.count else { throw ExactJSON.Malformed(offset: offset) }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        let start = offset
        while offset < bytes.count, !",]} \n\r\t".utf8.contains(bytes[offset]) { offset += 1 }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return .number(word)
        }
    }

    private mutating func object() throws -> ExactJSON {
        var members: [String: ExactJSON] = [:]
        try list(until: UInt8(ascii: "}")) { reader throws in
            let key = try reader.string()
            try reader.expect(UInt8(ascii: ":"))
            members[key] = try reader.value()
        }
        return .object(members)
    }

    private mutating func array() throws -> ExactJSON {
        var elements: [ExactJSON] = []
        try list(until: UInt8(ascii: "]")) { reader throws in elements.append(try reader.value()) }
        return .array(elements)
    }

    private mutating func list(until end: UInt8, _ element: (inout Reader) throws -> Void) throws {
        offset += 1
        skipBlanks()
        if offset < bytes.count, bytes[offset] == end {
            offset += 1
            return
        }
        while true {
            skipBlanks()
            try element(&self)
            skipBlanks()
            guard offset < bytes.count, bytes[offset] != end else { break }
            try expect(UInt8(ascii: ","))
        }
        try expect(end)
    }

    private mutating func expect(_ byte: UInt8) throws {
        skipBlanks()
        guard offset < bytes.count, bytes[offset] == byte else { throw ExactJSON.Malformed(offset: offset) }
        offset += 1
    }

    private mutating func string() throws -> String {
        try expect(UInt8(ascii: "\""))
        var units: [UInt16] = []
        var text = ""
        var start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            guard bytes[offset] == UInt8(ascii: "\\") else {
                offset += 1
                continue
            }
            text += String(decoding: bytes[start..<offset], as: UTF8.self)
            guard offset + 1 < bytes.count else { throw ExactJSON.Malformed(offset: offset) }
            let escape = bytes[offset + 1]
            offset += 2
            if escape == UInt8(ascii: "u") {
                let digits = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
                guard let unit = UInt16(digits, radix: 16) else { throw ExactJSON.Malformed(offset: offset) }
                offset += 4
                units.append(unit)
                // A surrogate waits for its other half.
                if !(0xD800...0xDBFF).contains(unit) {
                    text += String(decoding: units, as: UTF16.self)
                    units = []
                }
            } else {
                let plain: [UInt8: String] = [0x6E: "\n", 0x74: "\t", 0x72: "\r", 0x62: "\u{8}", 0x66: "\u{C}"]
                text += plain[escape] ?? String(decoding: [escape], as: UTF8.self)
            }
            start = offset
        }
        text += String(decoding: bytes[start..<offset], as: UTF8.self)
        try expect(UInt8(ascii: "\""))
        return text
    }
}
