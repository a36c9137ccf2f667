import Crypto
import Postgres
import ReadModels

/// The state dump of I3: every table of a generation ordered by primary key, one row a line, without what depends on
/// the order of arrival or on the wall clock. Equal dumps mean equal numbers.
struct StateDump {
    let connection: PostgresConnection
    let generation: Generation

    /// Tables that say how far and since when, not what (design.md, I3).
    private static let excludedTables = ["changes", "projection_progress"]
    private static let rowsPerFetch = 1_000

    /// Calls `line` with each line, in one snapshot of the database.
    func forEachLine(_ line: ([UInt8]) throws -> Void) throws {
        try connection.transaction {
            try connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in try tables() { try dump(table, line) }
        }
    }

    /// SHA-256 over all lines, each ended by a newline.
    func hash() throws -> String {
        var hash = SHA256()
        try forEachLine { hash.update($0 + [UInt8(ascii: "\n")]) }
        return hash.finish().description
    }

    private func tables() throws -> [String] {
        let rows = try connection.query(
            """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relnamespace = $1::text::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND NOT c.relname = ANY ($2::text[])
            ORDER BY c.relname COLLATE "C"
            """, [.text(generation.schema), .textArray(Self.excludedTables)])
        return try (0..<rows.rowCount).map { try rows.text(row: $0, column: 0) }
    }

    /// The columns that are part of the state, and the primary key in its order.
    private func columns(of table: String) throws -> (all: [String], key: [String]) {
        let name: [PostgresValue] = [.text("\(generation.schema).\(table)")]
        let all = try connection.query(
            """
            SELECT quote_ident(attname) FROM pg_attribute
            WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped
                AND coalesce(col_description(attrelid, attnum), '') NOT LIKE 'volatile%'
            ORDER BY attnum
            """, name)
        let key = try connection.query(
            """
            SELECT quote_ident(a.attname) FROM pg_index i
            CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = $1::text::regclass AND i.indisprimary
            ORDER BY k.place
            """, name)
        return (
            try (0..<all.rowCount).map { try all.text(row: $0, column: 0) },
            try (0..<key.rowCount).map { try key.text(row: $0, column: 0) }
        )
    }

    private func dump(_ table: String, _ line: ([UInt8]) throws -> Void) throws {
        let columns = try columns(of: table)
        try connection.execute(
            """
            DECLARE dump NO SCROLL CURSOR FOR
            SELECT '\(table)' || ROW(\(columns.all.joined(separator: ", ")))::text
            FROM \(generation.schema).\(table)
            ORDER BY \(columns.key.joined(separator: ", "))
            """)
        while true {
            let rows = try connection.query("FETCH \(Self.rowsPerFetch) FROM dump")
            for row in 0..<rows.rowCount { try line(try rows.bytes(row: row, column: 0)) }
            if rows.rowCount < Self.rowsPerFetch { break }
        }
        try connection.execute("CLOSE dump")
    }
}
