import Postgres
import Testing

@Suite("PostgresError")
struct PostgresErrorTests {
    @Test(
        "Only what surely did not happen and may succeed later is retriable",
        arguments: [
            ("40001", true), ("40P01", true), ("55P03", true), ("53300", true), ("57P01", true), ("57P03", true),
            ("08006", true), ("08P01", false), ("23505", false), ("42501", false), ("57014", false), ("22003", false),
        ])
    func retriable(sqlState: String, isRetriable: Bool) {
        #expect(PostgresError(.server, "", sqlState: sqlState).isRetriable == isRetriable)
    }

    @Test("A connection lost outside a COMMIT may be tried again, one lost during it may not")
    func loss() {
        #expect(PostgresError(.connectionLost, "").isRetriable)
        #expect(PostgresError(.connectionFailed, "").isRetriable)
        #expect(!PostgresError(.commitUnknown, "").isRetriable)
        #expect(PostgresError(.commitUnknown, "").isConnectionLoss)
        #expect(!PostgresError(.server, "", sqlState: "40001").isConnectionLoss)
    }

    @Test("The description names code, state and message")
    func description() {
        let error = PostgresError(.server, "relation \"x\" does not exist", sqlState: "42P01")
        #expect(error.description == "server 42P01: relation \"x\" does not exist")
        #expect(PostgresError(.closed, "over").description == "closed: over")
    }
}
