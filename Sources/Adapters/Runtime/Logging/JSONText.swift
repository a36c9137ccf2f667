/// JSON strings of a log line (RFC 8259, section 7).
enum JSONText {
    /// Longer texts are cut: a line must stay one `write`, and a log is no place for documents.
    static let maximumByteCount = 8192

    /// Appends the text in quotes. Swift strings are valid Unicode, so only quotes, backslashes and controls need care.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= maximumByteCount else {
                bytes += "…".utf8
                break
            }
            append(scalar, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "\"": bytes += #"\""#.utf8
        case "\\": bytes += #"\\"#.utf8
        case "\n": bytes += #"\n"#.utf8
        case "\r": bytes += #"\r"#.utf8
        case "\t": bytes += #"\t"#.utf8
        case "\0"..<" ", "\u{7F}":
            let digits = Array("0123456789abcdef".utf8)
            bytes += #"\u00"#.utf8
            bytes.append(digits[Int(scalar.value >> 4)])
            bytes.append(digits[Int(scalar.value & 15)])
        default: bytes += scalar.utf8
        }
    }
}
