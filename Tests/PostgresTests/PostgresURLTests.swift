import Testing

@testable import Postgres

@Suite("PostgresURL")
struct PostgresURLTests {
    private static let secret = "s3cret-Word"

    @Test(
        "A password is in none of the ways a URL is printed",
        arguments: [
            "postgresql://writer:\(secret)@db.example:6432/pnl?sslmode=require",
            "host=db.example port=6432 dbname=pnl user=writer password=\(secret)",
        ])
    func redaction(text: String) throws {
        let url = try PostgresURL(text)
        #expect(url.settings["password"] == Self.secret)
        #expect(url.description == "postgresql://writer@db.example:6432/pnl")
        var dumped = ""
        dump(url, to: &dumped)
        dump(PostgresConfiguration(url: url, applicationName: "test"), to: &dumped)
        for text in [
            dumped, "\(url)", String(reflecting: url), "\(PostgresConfiguration(url: url, applicationName: "a"))",
        ] {
            #expect(!text.contains(Self.secret))
        }
        #expect(url.leaksPassword("bad \(Self.secret)!"))
        #expect(!url.leaksPassword("bad password"))
    }

    @Test(
        "A malformed URL is refused without being repeated",
        arguments: [
            "postgresql://u:\(secret)@h/d?nonsense=1", "host=\(secret) nonsense", "postgresql://[\(secret)", "a=\0b",
        ])
    func malformed(text: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresURL(text) }
        #expect(error?.code == .invalidURL)
        #expect(error?.description.contains(Self.secret) == false)
    }

    @Test("Another role has no password of the first")
    func otherRole() throws {
        let url = try PostgresURL("postgresql://writer:\(Self.secret)@h/d").with(role: "reader")
        #expect(url.settings["user"] == "reader")
        #expect(url.settings["password"] == nil)
        #expect(url.settings["dbname"] == "d")
    }

    @Test("Limits and encoding go into the connection; what the URL says about time-outs wins")
    func parameters() throws {
        var configuration = PostgresConfiguration(
            url: try PostgresURL("postgresql://h/d?connect_timeout=9&options=-c%20geqo%3Doff"),
            applicationName: "ingest")
        configuration.statementTimeoutMilliseconds = 1_500
        configuration.sessionSettings = ["search_path": "a, b"]
        let parameters = Dictionary(
            uniqueKeysWithValues: configuration.connectionParameters.map { ($0.keyword, $0.value) })
        #expect(parameters["connect_timeout"] == "9")
        #expect(parameters["tcp_user_timeout"] == "15000")
        #expect(parameters["client_encoding"] == "UTF8")
        #expect(parameters["application_name"] == "ingest")
        let options = try #require(parameters["options"])
        #expect(options.contains("-c statement_timeout=1500 "))
        #expect(options.contains("-c search_path=a,\\ b "))
        #expect(options.contains("-c jit=off "))
        #expect(options.hasSuffix(" -c geqo=off"))
    }
}
