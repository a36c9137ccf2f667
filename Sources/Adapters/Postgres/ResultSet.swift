import CPostgres

/// The rows of one statement, in binary. It owns the `PGresult`, which is cleared with it.
///
/// `@unchecked Sendable`: libpq declares a result read-only once it is made, so any thread may read it.
@safe public final class ResultSet: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// Number of rows.
    public let rowCount: Int
    /// Number of columns.
    public let columnCount: Int

    init(adopting pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
        rowCount = unsafe Int(PQntuples(pointer))
        columnCount = unsafe Int(PQnfields(pointer))
    }

    deinit { unsafe PQclear(pointer) }

    /// Rows an INSERT, UPDATE, DELETE or COPY has touched; 0 for anything else.
    public var affectedRowCount: Int {
        let digits = unsafe String(cString: PQcmdTuples(pointer))
        return Int(digits) ?? 0
    }

    /// What the server says it did, for example `COMMIT`.
    var commandTag: String { unsafe String(cString: PQcmdStatus(pointer)) }

    /// Whether the cell is NULL. Traps outside the result, as an array does.
    public func isNull(row: Int, column: Int) -> Bool {
        check(row, column)
        return unsafe PQgetisnull(pointer, Int32(row), Int32(column)) == 1
    }

    /// Lends the bytes of a cell, none for NULL; the span cannot outlive the call.
    public func withBytes<Value, Failure: Error>(
        row: Int, column: Int, _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        check(row, column)
        let count = unsafe Int(PQgetlength(pointer, Int32(row), Int32(column)))
        // The cell lives as long as the result, which this call keeps.
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(pointer, Int32(row), Int32(column)), count: count)
        return try unsafe body(bytes.bytes)
    }

    /// Copies the bytes of a cell; throws for NULL.
    public func bytes(row: Int, column: Int) throws(PostgresError) -> [UInt8] {
        guard !isNull(row: row, column: column) else { throw Self.null(column) }
        return withBytes(row: row, column: column) { span in unsafe span.withUnsafeBytes { unsafe [UInt8]($0) } }
    }

    /// Appends the bytes of a cell; throws for NULL.
    public func appendBytes(row: Int, column: Int, to destination: inout [UInt8]) throws(PostgresError) {
        guard !isNull(row: row, column: column) else { throw Self.null(column) }
        withBytes(row: row, column: column) { span in
            unsafe span.withUnsafeBytes { unsafe destination.append(contentsOf: $0) }
        }
    }

    /// The text of a cell; throws for NULL.
    public func text(row: Int, column: Int) throws(PostgresError) -> String {
        guard !isNull(row: row, column: column) else { throw Self.null(column) }
        return withBytes(row: row, column: column) { span in
            unsafe span.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    /// A boolean; throws for NULL and for a cell of another width.
    public func bool(row: Int, column: Int) throws(PostgresError) -> Bool {
        try withBytes(row: row, column: column) { span throws(PostgresError) in
            guard span.byteCount == 1 else { throw Self.width(span.byteCount, column) }
            return unsafe span.unsafeLoad(as: UInt8.self) != 0
        }
    }

    /// An integer of any of the server's widths; throws for NULL and for a cell that holds none.
    public func int64(row: Int, column: Int) throws(PostgresError) -> Int64 {
        try withBytes(row: row, column: column) { span throws(PostgresError) in
            // Each load reads exactly as many bytes as the cell has.
            switch span.byteCount {
            case 8: unsafe Int64(bigEndian: span.unsafeLoadUnaligned(as: Int64.self))
            case 4: unsafe Int64(Int32(bigEndian: span.unsafeLoadUnaligned(as: Int32.self)))
            case 2: unsafe Int64(Int16(bigEndian: span.unsafeLoadUnaligned(as: Int16.self)))
            default: throw Self.width(span.byteCount, column)
            }
        }
    }

    /// A `numeric` in units of `10^-scale`; throws for NULL, for more decimal places and beyond 128 bits.
    public func numeric(row: Int, column: Int, scale: Int) throws(PostgresError) -> Int128 {
        try withBytes(row: row, column: column) { span throws(PostgresError) in
            try NumericCoding.units(of: span, scale: scale)
        }
    }

    /// The bytes of a cell, which end with this result: for code of this module that copies them at once.
    @unsafe func buffer(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
        check(row, column)
        let start = unsafe PQgetvalue(pointer, Int32(row), Int32(column))
        let count = unsafe Int(PQgetlength(pointer, Int32(row), Int32(column)))
        return unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    private func check(_ row: Int, _ column: Int) {
        // A row or column that is not there is a mistake in the caller, never in the data.
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "cell (\(row), \(column)) of a result of \(rowCount) rows and \(columnCount) columns")
    }

    private static func null(_ column: Int) -> PostgresError {
        PostgresError(.unexpectedShape, "column \(column) is NULL")
    }

    private static func width(_ count: Int, _ column: Int) -> PostgresError {
        PostgresError(.unexpectedShape, "column \(column) has \(count) bytes, which its expected type never has")
    }
}
