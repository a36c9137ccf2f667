/// Cuts a text into records and fields as RFC 4180 describes: fields in quotes may hold commas, line ends and doubled
/// quotes; lines end in LF or CRLF, the last may lack its end; lines without anything are skipped.
struct LedgerRecords: IteratorProtocol {
    /// One record.
    struct Record {
        /// Line where it begins, from 1.
        let line: Int
        /// Its own text, without the end of its line.
        var text: ArraySlice<UInt8> = []
        /// Its fields, quotes removed.
        var fields: [ArraySlice<UInt8>] = []
        /// Why it cannot be read; its fields are then incomplete.
        var fault: String?
    }

    private let text: ArraySlice<UInt8>
    private var offset: Int
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Records of a text, a byte order mark skipped.
    init(_ bytes: [UInt8]) {
        text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        offset = text.startIndex
    }

    /// The next record; nil at the end.
    mutating func next() -> Record? {
        while offset < text.endIndex {
            if let length = lineEnd(at: offset) {
                offset += length
                line += 1
            } else {
                return record()
            }
        }
        return nil
    }

    private mutating func record() -> Record {
        var record = Record(line: line)
        let start = offset
        while true {
            guard let field = field(&record) else {
                skipLine()
                return record
            }
            record.fields.append(field)
            if offset < text.endIndex, text[offset] == Self.comma {
                offset += 1
                continue
            }
            record.text = text[start..<offset]
            if let length = lineEnd(at: offset) {
                offset += length
                line += 1
            }
            return record
        }
    }

    private mutating func field(_ record: inout Record) -> ArraySlice<UInt8>? {
        guard offset < text.endIndex, text[offset] == Self.quote else { return plainField(&record) }
        offset += 1
        var start = offset
        var pieces: ArraySlice<UInt8> = []
        while offset < text.endIndex {
            if text[offset] == Self.lineFeed { line += 1 }
            guard text[offset] == Self.quote else {
                offset += 1
                continue
            }
            let piece = text[start..<offset]
            offset += 1
            guard offset < text.endIndex, text[offset] == Self.quote else {
                guard isEnd(at: offset) else {
                    record.fault = "text after a closing quote"
                    return nil
                }
                return pieces.isEmpty ? piece : pieces + piece
            }
            // A doubled quote stands for one.
            pieces += piece + [Self.quote]
            offset += 1
            start = offset
        }
        record.fault = "a quote is not closed"
        return nil
    }

    private mutating func plainField(_ record: inout Record) -> ArraySlice<UInt8>? {
        let start = offset
        while !isEnd(at: offset) {
            if text[offset] == Self.quote {
                record.fault = "a quote within a field that does not begin with one"
                return nil
            }
            offset += 1
        }
        return text[start..<offset]
    }

    private func isEnd(at offset: Int) -> Bool {
        offset >= text.endIndex || text[offset] == Self.comma || lineEnd(at: offset) != nil
    }

    private func lineEnd(at offset: Int) -> Int? {
        guard offset < text.endIndex else { return nil }
        if text[offset] == Self.lineFeed { return 1 }
        guard text[offset] == Self.carriageReturn, offset + 1 < text.endIndex, text[offset + 1] == Self.lineFeed else {
            return nil
        }
        return 2
    }

    private mutating func skipLine() {
        while offset < text.endIndex, text[offset] != Self.lineFeed { offset += 1 }
        offset += offset < text.endIndex ? 1 : 0
        line += 1
    }
}
