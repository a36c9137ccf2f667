/// The text between a string's quotes with its escapes resolved, their grammar having been checked by the parser.
func unescapedJSON(_ contents: ArraySlice<UInt8>, replacedCount: inout Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(contents.count)
    var rest = contents
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
            result.append(byte)
            continue
        }
        switch escape {
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            if let encoded = escapedScalar(&rest).flatMap(UTF8.encode) {
                result.append(contentsOf: encoded)
            } else {
                result.append(contentsOf: UTF8.encodedReplacementCharacter)
                replacedCount += 1
            }
        default: result.append(escape)
        }
    }
    return result
}

/// The character after `\u`, of one unit or of a surrogate pair; nil for NUL and for a lone surrogate.
private func escapedScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    let first = hexadecimalUnit(&rest)
    guard UTF16.isLeadSurrogate(first) else { return first == 0 ? nil : Unicode.Scalar(first) }
    var ahead = rest
    guard ahead.popFirst() == UInt8(ascii: "\\"), ahead.popFirst() == UInt8(ascii: "u") else { return nil }
    let second = hexadecimalUnit(&ahead)
    guard UTF16.isTrailSurrogate(second) else { return nil }
    rest = ahead
    return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
}

private func hexadecimalUnit(_ rest: inout ArraySlice<UInt8>) -> UInt16 {
    let unit = rest.prefix(4).reduce(into: UInt16(0)) { unit, byte in
        unit = unit << 4 | UInt16(byte < UInt8(ascii: "A") ? byte - UInt8(ascii: "0") : (byte | 0x20) - 87)
    }
    rest = rest.dropFirst(4)
    return unit
}
