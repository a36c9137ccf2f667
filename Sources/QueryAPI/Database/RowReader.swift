import Accounting
import Postgres

/// Reads the cells of a row one after the other.
struct RowReader {
    let rows: ResultSet
    let row: Int
    private(set) var column: Int

    init(_ rows: ResultSet, row: Int, column: Int) {
        self.rows = rows
        self.row = row
        self.column = column
    }

    private mutating func advance() -> Int {
        defer { column += 1 }
        return column
    }

    mutating func integer() throws -> Int64 { try rows.int64(row: row, column: advance()) }
    mutating func bool() throws -> Bool { try rows.bool(row: row, column: advance()) }
    mutating func text() throws -> String { try rows.text(row: row, column: advance()) }
    mutating func bytes() throws -> [UInt8] { try rows.bytes(row: row, column: advance()) }
    /// USD in units of 10^-18.
    mutating func money() throws -> Int128 { try numeric(scale: Money.scale) }
    mutating func numeric(scale: Int) throws -> Int128 { try rows.numeric(row: row, column: advance(), scale: scale) }

    /// Reads a cell that may be NULL.
    mutating func optional<Value>(_ read: (inout RowReader) throws -> Value) throws -> Value? {
        guard !rows.isNull(row: row, column: column) else {
            column += 1
            return nil
        }
        return try read(&self)
    }
}
