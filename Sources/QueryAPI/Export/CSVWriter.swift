/// Writes comma-separated values (RFC 4180) that a spreadsheet does not run.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front, as does one that has some before
/// such a beginning already: so taking one away gives every text back.
struct CSVWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []
    private var isRowEmpty = true

    /// Writes the header.
    init(header: [String], reservingByteCount count: Int = 4096) {
        bytes.reserveCapacity(count)
        for name in header { field(name) }
        endRow()
    }

    /// A field of our own making: digits, times, addresses, words.
    mutating func field(_ text: String) {
        separate()
        quote(text.utf8)
    }

    /// A field that is empty where there is nothing to say.
    mutating func field(_ text: String?) { field(text ?? "") }

    /// A field whose text comes from outside.
    mutating func foreign(_ text: String) {
        separate()
        quote(Self.neutralised(text).utf8)
    }

    /// Ends a row.
    mutating func endRow() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
        isRowEmpty = true
    }

    /// What a spreadsheet shows as the text it is.
    static func neutralised(_ text: String) -> String {
        let start = text.unicodeScalars.first { $0 != "'" }
        switch start {
        case "=", "+", "-", "@", "\t", "\r", "\n": return "'" + text
        default: return text
        }
    }

    private mutating func separate() {
        if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
        isRowEmpty = false
    }

    private mutating func quote(_ text: some Sequence<UInt8>) {
        let field = Array(text)
        let special: Set<UInt8> = [
            UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: " "),
            UInt8(ascii: "\t"), UInt8(ascii: ";"),
        ]
        guard field.contains(where: special.contains) else { return bytes.append(contentsOf: field) }
        bytes.append(UInt8(ascii: "\""))
        for byte in field {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
