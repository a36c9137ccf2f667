import TestSupport
import Testing

@Suite struct PrivatePostgresTests {
    @Test("Each test has a database of its own, which is gone afterwards")
    func databasesAreSeparate() throws {
        let server = try PrivatePostgres.shared
        let first = try server.createDatabase()
        try server.execute("CREATE TABLE only_here ()", database: first)
        let (name, tables) = try server.withDatabase { _ in
            let name = try server.createDatabase()
            return (
                name, try server.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'", database: name)
            )
        }
        #expect(tables == "0\n")
        #expect(name != first)
        let lent = try server.withDatabase { url in
            try Subprocess.output("psql", ["-qAtc", "SELECT current_database(), current_user", url])
        }
        let left = try server.execute(
            "SELECT count(*) FROM pg_database WHERE datname = '\(lent.prefix { $0 != "|" })'", database: "postgres")
        #expect(left == "0\n")
    }

    @Test("A killed server starts again at once with what was committed")
    func killedServerRecovers() throws {
        let server = try PrivatePostgres(settings: "fsync=on")
        let database = try server.createDatabase()
        try server.execute("CREATE TABLE kept AS SELECT 7 AS value", database: database)
        try server.kill()
        #expect(throws: TestEnvironmentError.self) { try server.execute("SELECT 1", database: database) }
        try server.start()
        #expect(try server.execute("SELECT value FROM kept", database: database) == "7\n")
        try server.stop()
    }

    @Test("Settings reach the server")
    func settingsReachTheServer() throws {
        #expect(try PrivatePostgres.shared.execute("SHOW fsync", database: "postgres") == "off\n")
    }
}
