import Testing

@testable import Postgres

@Suite("Messages of the server")
struct PostgresMessageTests {
    @Test("A message that may repeat a value is not repeated", arguments: ["22P02", "22003", "P0001"])
    func values(sqlState: String) {
        let message = PostgresError.safeMessage(
            sqlState: sqlState, primary: "invalid input syntax for type bigint: \"0xwallet\"", constraint: nil)
        #expect(!message.contains("0xwallet"))
    }

    @Test("A violated constraint is named, without the row")
    func constraint() {
        let message = PostgresError.safeMessage(
            sqlState: "23505", primary: "duplicate key value violates unique constraint \"t_pkey\"",
            constraint: "t_pkey")
        #expect(message == "constraint t_pkey is violated")
    }

    @Test("Names of missing things and rights are kept")
    func names() {
        #expect(
            PostgresError.safeMessage(sqlState: "42501", primary: "permission denied for table t", constraint: nil)
                == "permission denied for table t")
    }

    @Test("An identifier is quoted whatever it holds")
    func quoting() {
        #expect(PostgresConnection.quoted("offset") == "\"offset\"")
        #expect(PostgresConnection.quoted("a\"; DROP TABLE t; --") == "\"a\"\"; DROP TABLE t; --\"")
        #expect(PostgresConnection.quoted("\"\"") == "\"\"\"\"\"\"")
    }
}
