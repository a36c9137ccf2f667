/// Writes rows into a binary COPY: columns in order, then `endRow`. Integers must have exactly the column's width:
/// COPY converts nothing.
public struct CopyWriter: ~Copyable {
    private let connection: PostgresConnection
    private var buffer: [UInt8] = []
    private var rowStart = CopyWriter.noRow
    private var columnCount: Int16 = 0
    private var columnCountOfRows: Int16?
    /// Rows written so far.
    public private(set) var rowCount = 0
    private static let noRow = -1
    /// Bytes gathered before they are handed to libpq.
    private static let flushByteCount = 100_000

    init(to connection: PostgresConnection) {
        self.connection = connection
        buffer.reserveCapacity(Self.flushByteCount + Self.flushByteCount / 4)
        // Signature, flags, length of the header's extension (manual, COPY, Binary Format).
        buffer.append(contentsOf: "PGCOPY\n".utf8)
        buffer.append(contentsOf: [0xff, 0x0d, 0x0a, 0x00, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    /// Appends NULL.
    public mutating func appendNull() {
        beginColumn()
        buffer.appendBigEndian(Int32(-1))
    }

    /// Appends a `boolean`.
    public mutating func append(_ value: Bool) {
        beginColumn()
        buffer.appendBigEndian(Int32(1))
        buffer.append(value ? 1 : 0)
    }

    /// Appends a `smallint`.
    public mutating func append(_ value: Int16) { appendInteger(value) }

    /// Appends an `integer`.
    public mutating func append(_ value: Int32) { appendInteger(value) }

    /// Appends a `bigint`.
    public mutating func append(_ value: Int64) { appendInteger(value) }

    /// Appends a `bytea`.
    public mutating func append(bytes: some Collection<UInt8>) {
        beginColumn()
        buffer.appendBigEndian(Int32(bytes.count))
        buffer.append(contentsOf: bytes)
    }

    /// Appends a `text`.
    public mutating func append(_ text: String) {
        var text = text
        beginColumn()
        text.withUTF8 { utf8 in
            buffer.appendBigEndian(Int32(utf8.count))
            unsafe buffer.append(contentsOf: utf8)
        }
    }

    /// Appends a `numeric`: `units × 10^-scale`, scale 0…38.
    public mutating func append(units: Int128, scale: Int) throws(PostgresError) {
        let start = beginVariableColumn()
        try NumericCoding.append(units: units, scale: scale, to: &buffer)
        endVariableColumn(start)
    }

    /// Appends any value, arrays among them; slower than the methods for a type.
    public mutating func append(value: PostgresValue) throws(PostgresError) {
        let start = beginVariableColumn()
        if try buffer.appendValue(value) {
            endVariableColumn(start)
        } else {
            buffer.patchBigEndian(-1, at: start)
        }
    }

    /// Ends a row; throws when it has another number of columns than the first one.
    public mutating func endRow() throws(PostgresError) {
        guard rowStart != Self.noRow, columnCount == columnCountOfRows ?? columnCount else {
            throw PostgresError(
                .unexpectedShape, "a row of \(columnCount) columns, the first had \(columnCountOfRows ?? 0)")
        }
        buffer[rowStart] = UInt8(truncatingIfNeeded: columnCount >> 8)
        buffer[rowStart + 1] = UInt8(truncatingIfNeeded: columnCount)
        columnCountOfRows = columnCount
        rowCount += 1
        rowStart = Self.noRow
        if buffer.count >= Self.flushByteCount { try flush() }
    }

    /// Writes the end and the rest of the buffer.
    mutating func finish() throws(PostgresError) {
        guard rowStart == Self.noRow else { throw PostgresError(.unexpectedShape, "the last row was not ended") }
        buffer.appendBigEndian(Int16(-1))
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        try connection.sendCopyData(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func appendInteger<Value: FixedWidthInteger>(_ value: Value) {
        beginColumn()
        buffer.appendBigEndian(Int32(MemoryLayout<Value>.size))
        buffer.appendBigEndian(value)
    }

    private mutating func beginColumn() {
        if rowStart == Self.noRow {
            rowStart = buffer.count
            columnCount = 0
            buffer.append(contentsOf: [0, 0])
        }
        columnCount += 1
    }

    private mutating func beginVariableColumn() -> Int {
        beginColumn()
        let start = buffer.count
        buffer.appendBigEndian(Int32(0))
        return start
    }

    private mutating func endVariableColumn(_ start: Int) {
        buffer.patchBigEndian(Int32(buffer.count - start - 4), at: start)
    }
}
