import Foundation
import Postgres
import TestSupport
import Testing

@Suite("PostgresConnection")
struct PostgresConnectionTests {
    @Test("Every kind of value arrives as the server's own text says, and comes back")
    func values() throws {
        try withConnection { connection in
            let rows = try connection.query(
                """
                SELECT v.*, v.n::text, v.t || '', v.s::text, v.o::text, v.b::text, v.ns::text FROM (SELECT
                    $1::boolean AS f, $2::smallint AS i, $3::integer AS j, $4::bigint AS k, $5::bytea AS b,
                    $6::text AS t, $7::numeric(39,18) AS n, $8::numeric(78,0) AS z, $9::smallint[] AS s,
                    $10::text[] AS o, $11::numeric[] AS ns, $12::text AS missing) v
                """,
                [
                    .bool(true), .int16(.min), .int32(.min), .int64(.min), .bytes([0, 0xde, 0xad]), .text("żółć, \"a'"),
                    .numeric(units: -1, scale: 18), .numeric(units: .max, scale: 0), .int16Array([-1, 7]),
                    .optionalTextArray(["NULL", nil, ""]), .numericArray(units: [5, -25], scale: 1), .null,
                ])
            #expect(try rows.bool(row: 0, column: 0))
            #expect(try rows.int64(row: 0, column: 1) == Int64(Int16.min))
            #expect(try rows.int64(row: 0, column: 2) == Int64(Int32.min))
            #expect(try rows.int64(row: 0, column: 3) == Int64.min)
            #expect(try rows.bytes(row: 0, column: 4) == [0, 0xde, 0xad])
            #expect(try rows.text(row: 0, column: 5) == "żółć, \"a'")
            #expect(try rows.numeric(row: 0, column: 6, scale: 18) == -1)
            #expect(try rows.numeric(row: 0, column: 7, scale: 0) == .max)
            #expect(rows.isNull(row: 0, column: 11))
            #expect(try rows.text(row: 0, column: 12) == "-0.000000000000000001")
            #expect(try rows.text(row: 0, column: 13) == "żółć, \"a'")
            #expect(try rows.text(row: 0, column: 14) == "{-1,7}")
            #expect(try rows.text(row: 0, column: 15) == "{\"NULL\",NULL,\"\"}")
            #expect(try rows.text(row: 0, column: 16) == "\\x00dead")
            #expect(try rows.text(row: 0, column: 17) == "{0.5,-2.5}")
        }
    }

    @Test("A cell of another type, or none, throws instead of guessing")
    func wrongCells() throws {
        try withConnection { connection in
            let rows = try connection.query("SELECT NULL::bigint, 'abc'::text, 1.5::numeric, repeat('x', 5)")
            let errors = [
                #expect(throws: PostgresError.self) { try rows.int64(row: 0, column: 0) },
                #expect(throws: PostgresError.self) { try rows.text(row: 0, column: 0) },
                #expect(throws: PostgresError.self) { try rows.int64(row: 0, column: 1) },
                #expect(throws: PostgresError.self) { try rows.bool(row: 0, column: 3) },
            ]
            #expect(errors.allSatisfy { $0?.code == .unexpectedShape })
            let error = #expect(throws: PostgresError.self) { try rows.numeric(row: 0, column: 2, scale: 0) }
            #expect(error?.code == .outOfRange)
        }
    }

    @Test(
        "COPY writes every kind of column; an error leaves no row and a usable connection"
    )
    func copy() throws {
        try withConnection { connection in
            try connection.execute(
                """
                CREATE TABLE t (f boolean, i smallint, j integer, k bigint, b bytea, t text, m numeric(39,18),
                    q numeric(78,0), a bytea[])
                """)
            let columns = ["f", "i", "j", "k", "b", "t", "m", "q", "a"]
            let count = try connection.copyIn(to: "t", columns: columns) { writer in
                for number in 0..<5_000 {
                    number % 2 == 0 ? writer.append(true) : writer.appendNull()
                    writer.append(Int16(number))
                    writer.append(Int32(-number))
                    writer.append(Int64(number) << 32)
                    writer.append(bytes: [UInt8(truncatingIfNeeded: number), 0])
                    writer.append("row \(number)")
                    try writer.append(units: Int128(number) - 1, scale: 18)
                    try writer.append(units: Int128(number) << 64, scale: 0)
                    try writer.append(value: .bytesArray([[1], []]))
                    try writer.endRow()
                }
            }
            #expect(count == 5_000)
            let summary = try connection.query(
                """
                SELECT count(f), sum(i), sum(j), sum(k / 4294967296)::bigint, max(encode(b, 'hex')),
                    max(t), sum(m), max(q), max(a)::text
                FROM t
                """)
            #expect(try summary.int64(row: 0, column: 0) == 2_500)
            #expect(try summary.int64(row: 0, column: 1) == 12_497_500)
            #expect(try summary.int64(row: 0, column: 2) == -12_497_500)
            #expect(try summary.int64(row: 0, column: 3) == 12_497_500)
            #expect(try summary.text(row: 0, column: 4) == "ff00")
            #expect(try summary.text(row: 0, column: 5) == "row 999")
            #expect(try summary.numeric(row: 0, column: 6, scale: 18) == 12_492_500)
            #expect(try summary.numeric(row: 0, column: 7, scale: 0) == Int128(4_999) << 64)
            #expect(try summary.text(row: 0, column: 8) == "{\"\\\\x01\",\"\\\\x\"}")

            let wrongWidth = #expect(throws: PostgresError.self) {
                try connection.copyIn(to: "t", columns: ["k"]) { writer in
                    writer.append(Int32(1))
                    try writer.endRow()
                }
            }
            #expect(wrongWidth?.code == .server)
            let ragged = #expect(throws: PostgresError.self) {
                try connection.copyIn(to: "t", columns: ["i", "j"]) { writer in
                    writer.append(Int16(1))
                    writer.append(Int32(1))
                    try writer.endRow()
                    writer.append(Int16(1))
                    try writer.endRow()
                }
            }
            #expect(ragged?.code == .unexpectedShape)
            #expect(throws: Refusal.self) { try connection.copyIn(to: "t", columns: ["i"]) { _ in throw Refusal() } }
            #expect(try connection.query("SELECT count(*) FROM t").int64(row: 0, column: 0) == 5_000)
        }
    }

    @Test("A transaction happens as a whole or not at all")
    func transaction() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (i integer PRIMARY KEY)")
            try connection.transaction { _ = try connection.query("INSERT INTO t VALUES (1)") }
            #expect(throws: Refusal.self) {
                try connection.transaction {
                    _ = try connection.query("INSERT INTO t VALUES (2)")
                    throw Refusal()
                }
            }
            // An error that the body swallows has failed the transaction all the same.
            let swallowed = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    _ = try connection.query("INSERT INTO t VALUES (3)")
                    _ = try? connection.query("INSERT INTO t VALUES (1)")
                }
            }
            #expect(swallowed?.sqlState == "25P02")
            #expect(try connection.query("SELECT sum(i) FROM t").int64(row: 0, column: 0) == 1)
        }
    }

    @Test("A connection lost before COMMIT means nothing happened, one lost during it that nobody knows")
    func lostConnection() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (i integer)")
            let killer = try PostgresConnection(connection.configuration)
            let before = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    _ = try connection.query("INSERT INTO t VALUES (1)")
                    try Self.terminate(connection, by: killer)
                    _ = try connection.query("INSERT INTO t VALUES (2)")
                }
            }
            #expect(before?.code == .connectionLost)
            #expect(before?.isRetriable == true)
            let during = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    _ = try connection.query("INSERT INTO t VALUES (3)")
                    try Self.terminate(connection, by: killer)
                }
            }
            #expect(during?.code == .commitUnknown)
            #expect(during?.isRetriable == false)
            #expect(try connection.query("SELECT count(*) FROM t").int64(row: 0, column: 0) == 0)
        }
    }

    @Test("After a loss the next call has a new connection with its statements prepared and its channels heard")
    func reconnection() throws {
        try withConnection { connection in
            let statement = PostgresStatement(name: "double", "SELECT $1::bigint * 2")
            let killer = try PostgresConnection(connection.configuration)
            try connection.listen(to: "odd \"name\"")
            #expect(try connection.query(statement, [.int64(21)]).int64(row: 0, column: 0) == 42)
            let first = connection.backendIdentifier
            try Self.terminate(connection, by: killer)
            let error = #expect(throws: PostgresError.self) { try connection.query(statement, [.int64(21)]) }
            #expect(error?.code == .connectionLost)
            #expect(try connection.query(statement, [.int64(4)]).int64(row: 0, column: 0) == 8)
            #expect(connection.backendIdentifier != first)
            #expect(try connection.waitForNotification(timeoutMilliseconds: 0) == nil)
            try killer.notify("odd \"name\"", payload: "hello")
            let notification = try connection.waitForNotification(timeoutMilliseconds: 20_000)
            #expect(notification?.channel == "odd \"name\"")
            #expect(notification?.payload == "hello")
        }
    }

    @Test("An error shows neither a bound value nor a password")
    func secrets() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (b text PRIMARY KEY, n integer CHECK (n > 0))")
            let secret = "wallet-0xfeed"
            _ = try connection.query("INSERT INTO t VALUES ($1, 1)", [.text(secret)])
            for (text, values) in [
                ("INSERT INTO t VALUES ($1, 1)", [PostgresValue.text(secret)]),
                ("SELECT $1::text::integer", [.text(secret)]), ("SELECT ($1::text)::uuid", [.text(secret)]),
                ("INSERT INTO t VALUES ($1, -1)", [.text(secret)]),
            ] {
                let error = #expect(throws: PostgresError.self) { try connection.query(text, values) }
                #expect(error.map { "\($0) \(String(reflecting: $0))".contains("feed") } == false)
            }
            let url = try PostgresURL("postgresql://u:hunter2-x@127.0.0.1:1/d")
            let error = #expect(throws: PostgresError.self) {
                try PostgresConnection(PostgresConfiguration(url: url, applicationName: "test"))
            }
            #expect(error?.code == .connectionFailed)
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test("A statement that runs too long, a COPY outside copyIn and a closed connection end in errors")
    func limits() throws {
        try PrivatePostgres.shared.withDatabase { url in
            var configuration = PostgresConfiguration(url: try PostgresURL(url), applicationName: "test")
            configuration.statementTimeoutMilliseconds = 50
            let connection = try PostgresConnection(configuration)
            let slow = #expect(throws: PostgresError.self) { try connection.query("SELECT pg_sleep(60)") }
            #expect(slow?.sqlState == "57014")
            for copy in ["COPY (SELECT 1) TO STDOUT", "COPY pg_class FROM STDIN"] {
                #expect(throws: PostgresError.self) { try connection.execute(copy) }
            }
            #expect(try connection.query("SELECT 1").rowCount == 1)
            connection.close()
            let closed = #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
            #expect(closed?.code == .closed)
        }
    }

    private struct Refusal: Error {}

    private func withConnection(_ body: (PostgresConnection) throws -> Void) throws {
        try PrivatePostgres.shared.withDatabase { url in
            let connection = try PostgresConnection(
                PostgresConfiguration(url: try PostgresURL(url), applicationName: "test"))
            defer { connection.close() }
            try body(connection)
        }
    }

    /// Ends the server's side and waits until it is gone.
    private static func terminate(_ connection: PostgresConnection, by killer: PostgresConnection) throws {
        let victim = try #require(connection.backendIdentifier)
        let isGone = try killer.query("SELECT pg_terminate_backend($1, 20000)", [.int32(victim)])
        #expect(try isGone.bool(row: 0, column: 0))
    }
}
