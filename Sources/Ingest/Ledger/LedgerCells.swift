import Events
import Runtime

/// The cells of one row, read by column and type.
struct LedgerCells {
    private let header: LedgerHeader
    private let record: LedgerRecords.Record

    /// Line where the row begins.
    var line: Int { record.line }
    /// The row as it stands in the file.
    var text: ArraySlice<UInt8> { record.text }

    /// Cells of a record; throws when they are not as many as the header's, or one of them is too long.
    init(_ record: LedgerRecords.Record, _ header: LedgerHeader) throws(LedgerProblem) {
        self.record = record
        self.header = header
        if let fault = record.fault { throw LedgerProblem(line: record.line, fault) }
        guard record.fields.count == header.count else {
            throw LedgerProblem(
                line: record.line, "\(record.fields.count) fields, but the header has \(header.count)")
        }
        for column in LedgerColumn.allCases {
            guard let place = header.place(of: column) else { continue }
            guard record.fields[place].count <= column.maximumByteCount else {
                throw problem(column, "longer than \(column.maximumByteCount) bytes")
            }
        }
    }

    /// A problem with one of the cells.
    func problem(_ column: LedgerColumn?, _ reason: String) -> LedgerProblem {
        LedgerProblem(line: line, column, reason)
    }

    /// A cell's bytes; nil when it is empty or the file has no such column.
    func bytes(_ column: LedgerColumn) -> ArraySlice<UInt8>? {
        guard let place = header.place(of: column), !record.fields[place].isEmpty else { return nil }
        return Self.original(record.fields[place])
    }

    /// The text behind the apostrophe that exports put in front of what a spreadsheet would run as a formula.
    private static func original(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let apostrophe = UInt8(ascii: "'")
        guard cell.first == apostrophe, let start = cell.first(where: { $0 != apostrophe }),
            "=+-@\t\r\n".utf8.contains(start)
        else { return cell }
        return cell.dropFirst()
    }

    /// A cell's bytes; throws when there are none.
    func requiredBytes(_ column: LedgerColumn) throws(LedgerProblem) -> ArraySlice<UInt8> {
        guard let bytes = bytes(column) else { throw problem(column, "missing") }
        return bytes
    }

    /// A cell's text; nil when it is empty. Throws for what is no UTF-8 or holds a NUL.
    func text(_ column: LedgerColumn) throws(LedgerProblem) -> String? {
        guard let bytes = bytes(column) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw problem(column, "not UTF-8 text")
        }
        return text
    }

    /// The row's chain, under any alias.
    func chain() throws(LedgerProblem) -> Chain {
        let text = String(decoding: try requiredBytes(.chain), as: UTF8.self)
        guard let chain = Chain(alias: text) else { throw problem(.chain, "unsupported chain") }
        return chain
    }

    /// RFC 3339 with a zone, or microseconds since the epoch.
    func time() throws(LedgerProblem) -> Int64 {
        let bytes = try requiredBytes(.time)
        let time = Int64(String(decoding: bytes, as: UTF8.self)) ?? Timestamp.parse(bytes)
        guard let time, ZerionTransactionReader.minedAtBounds.contains(time) else {
            throw problem(.time, "neither RFC 3339 with a zone nor microseconds since 1970")
        }
        return time
    }

    /// An address of the chain; nil when the cell is empty.
    func address(_ column: LedgerColumn, on chain: Chain) throws(LedgerProblem) -> Address? {
        guard let bytes = bytes(column) else { return nil }
        guard let address = Address(text: bytes, chain: chain) else {
            throw problem(column, "no address of \(chain.name)")
        }
        return address
    }

    /// The asset: an address, or `native`.
    func asset(on chain: Chain) throws(LedgerProblem) -> AssetName {
        if try requiredBytes(.asset).elementsEqual("native".utf8) { return .absent }
        guard let address = try address(.asset, on: chain) else { throw problem(.asset, "missing") }
        return .address(address)
    }

    /// A number of at least 0, exact; nil when the cell is empty.
    func number(_ column: LedgerColumn) throws(LedgerProblem) -> DecimalNumber? {
        guard let bytes = bytes(column) else { return nil }
        let number: DecimalNumber
        do throws(NumberError) {
            number = try DecimalNumber(text: bytes)
        } catch {
            switch error {
            case .malformed: throw problem(column, "no decimal number")
            case .tooManyDigits, .exponentOutOfBounds: throw problem(column, "does not fit 128 bits")
            }
        }
        guard !number.isNegative else { throw problem(column, "less than 0") }
        return number
    }

    /// A count; nil when the cell is empty.
    func count(_ column: LedgerColumn) throws(LedgerProblem) -> UInt64? {
        guard let bytes = bytes(column) else { return nil }
        guard bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = UInt64(String(decoding: bytes, as: UTF8.self))
        else { throw problem(column, "no whole number of at least 0") }
        return count
    }

    /// One of a few words; the default when the cell is empty.
    func word<Value>(
        _ column: LedgerColumn, _ words: KeyValuePairs<String, Value>, default: Value
    ) throws(LedgerProblem) -> Value {
        guard let bytes = bytes(column) else { return `default` }
        guard let value = words.first(where: { $0.key.utf8.elementsEqual(bytes) })?.value else {
            throw problem(column, "neither of " + words.map(\.key).joined(separator: ", "))
        }
        return value
    }
}

extension LedgerProblem: Error {}
