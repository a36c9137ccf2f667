/// Where each column of a ledger lies.
struct LedgerHeader {
    private var places: [LedgerColumn: Int] = [:]
    /// Columns of the file.
    let count: Int
    /// The header as it stands in the file.
    let text: ArraySlice<UInt8>

    /// Reads the header; a ledger with a bad one is refused as a whole.
    init(_ record: LedgerRecords.Record?) throws(LedgerError) {
        guard let record else { throw LedgerError([LedgerProblem(line: 1, "a header is required")]) }
        if let fault = record.fault { throw LedgerError([LedgerProblem(line: record.line, fault)]) }
        var problems: [LedgerProblem] = []
        count = record.fields.count
        text = record.text
        for (place, field) in record.fields.enumerated() {
            guard let column = LedgerColumn(rawValue: String(decoding: field, as: UTF8.self)) else {
                problems.append(LedgerProblem(line: record.line, "unknown column \(Self.shown(field))"))
                continue
            }
            guard places.updateValue(place, forKey: column) == nil else {
                problems.append(LedgerProblem(line: record.line, column, "named twice"))
                continue
            }
        }
        for column in LedgerColumn.allCases where column.isRequired && places[column] == nil {
            problems.append(LedgerProblem(line: record.line, column, "required, but not in the header"))
        }
        guard problems.isEmpty else { throw LedgerError(problems) }
    }

    /// Where a column lies; nil when the file has no such.
    func place(of column: LedgerColumn) -> Int? { places[column] }

    /// A name that is not one of ours, short and printable.
    private static func shown(_ field: ArraySlice<UInt8>) -> String {
        "\"" + String(decoding: field.prefix(40).map { (0x20...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self) + "\""
    }
}
