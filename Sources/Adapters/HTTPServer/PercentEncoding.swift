/// Decoding of `%HH` (RFC 3986, section 2.1), strict: what is not well formed is refused, never passed through.
enum PercentEncoding {
    /// Appends the decoded form of a range of the bytes to their end. False for a bad escape, a NUL, a raw control
    /// character or a space, and for a result that is not UTF-8.
    static func decode(_ encoded: Range<Int>, plusIsSpace: Bool, appendingTo bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        var index = encoded.lowerBound
        var isASCII = true
        while index < encoded.upperBound {
            var byte = bytes[index]
            index += 1
            if byte == ASCII.percent {
                guard index + 1 < encoded.upperBound,
                    let high = ASCII.hexadecimalValue(bytes[index]),
                    let low = ASCII.hexadecimalValue(bytes[index + 1])
                else { return false }
                byte = high << 4 | low
                index += 2
                if byte == 0 { return false }
            } else if byte <= 0x20 || byte == 0x7f {
                return false
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                byte = 0x20
            }
            isASCII = isASCII && byte < 0x80
            bytes.append(byte)
        }
        return isASCII || String(validating: bytes[start...], as: UTF8.self) != nil
    }
}
