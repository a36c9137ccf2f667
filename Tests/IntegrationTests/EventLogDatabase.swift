import Events
import Foundation
import Postgres
import TestSupport

/// A database with the schema of the log, for tests of `PostgresLog`.
struct EventLogDatabase {
    /// As superuser.
    let url: PostgresURL

    static let applicationName = "event-log-test"

    /// Lends an empty log in a database of its own on the shared server.
    static func withDatabase(_ body: (EventLogDatabase) throws -> Void) throws {
        try PrivatePostgres.shared.withDatabase { url in try body(EventLogDatabase(installingInto: url)) }
    }

    /// Installs the schemas of the log as `projector migrate` does.
    init(installingInto url: String) throws {
        self.url = try PostgresURL(url)
        let connection = try administrator()
        defer { connection.close() }
        for role in ["pnl_migrator", "pnl_appender", "pnl_projector", "pnl_reader"] {
            // Roles belong to the server, which several tests share and may prepare at once.
            try connection.execute(
                "DO $$ BEGIN CREATE ROLE \(role) LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$"
            )
        }
        for file in ["001_records.sql", "002_grants.sql"] {
            let path = try PackageRoot.file("schemas/log/\(file)")
            try connection.execute(try String(contentsOfFile: path, encoding: .utf8))
        }
        try connection.execute(
            """
            CREATE SCHEMA base;
            CREATE TABLE base.log (topic smallint PRIMARY KEY, partitions integer NOT NULL);
            GRANT USAGE ON SCHEMA base TO pnl_appender, pnl_projector;
            GRANT SELECT ON base.log TO pnl_appender, pnl_projector;
            """)
        for topic in Topic.allCases {
            _ = try connection.query(
                "INSERT INTO base.log VALUES ($1, $2)",
                [.int16(topic.rawValue), .int32(topic.initialPartitionCount)])
        }
    }

    /// A connection that may do anything.
    func administrator() throws -> PostgresConnection {
        try PostgresConnection(PostgresConfiguration(url: url, applicationName: "administrator"))
    }

    /// A connection as one of the roles.
    func connection(as role: String) throws -> PostgresConnection {
        try PostgresConnection(PostgresConfiguration(url: url.with(role: role), applicationName: Self.applicationName))
    }

    /// The log as one of the roles sees it.
    func log(as role: String) -> PostgresLog {
        var configuration = PostgresConfiguration(url: url.with(role: role), applicationName: Self.applicationName)
        configuration.maximumBackoffMilliseconds = 100
        return PostgresLog(configuration)
    }
}
