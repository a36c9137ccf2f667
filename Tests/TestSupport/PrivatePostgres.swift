import Foundation
import Synchronization

/// A PostgreSQL of the test process's own, on a unix socket alone. It is stopped and deleted when the process ends,
/// however that happens: `scripts/postgres` leaves a watcher behind.
public final class PrivatePostgres: Sendable {
    private let directory: String
    private let settings: String
    /// What follows the database in a connection URL: the socket's folder and the port.
    private let place: Mutex<String>
    private static let databaseCount = Atomic<Int>(0)

    private static let started = Result { try PrivatePostgres() }

    /// The server that all tests share, each with databases of its own; started by the first that asks.
    public static var shared: PrivatePostgres {
        get throws { try started.get() }
    }

    /// Starts a server for one test that stops or kills it; `settings` are words of the form `key=value`.
    public init(settings: String = "fsync=off max_connections=200") throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "wallet-pnl-pg-\(UUID().uuidString)").path
        self.settings = settings
        place = Mutex("")
        try start()
    }

    deinit { _ = try? command("remove") }

    /// Starts it again after `kill` or `stop`; it recovers what was committed.
    public func start() throws {
        let url = try command("start", "0")
        place.withLock { $0 = String(url.drop { $0 != "?" }).trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Ends the server and its children with SIGKILL, as a power failure would.
    public func kill() throws { try command("kill") }

    /// Stops it as an operator would: sessions are ended, everything is written.
    public func stop() throws { try command("stop") }

    /// The connection URL of a database for a role; the socket trusts whoever says to be one.
    public func url(database: String, role: String = "postgres") -> String {
        "postgresql://\(role)@/\(database)\(place.withLock { $0 })"
    }

    /// Makes an empty database and returns its name.
    public func createDatabase() throws -> String {
        let number = Self.databaseCount.add(1, ordering: .relaxed).newValue
        let name = "test_\(number)"
        try execute("CREATE DATABASE \(name)", database: "postgres")
        return name
    }

    /// Lends the URL, as superuser, of a fresh database that is dropped afterwards.
    public func withDatabase<Value>(_ body: (String) throws -> Value) throws -> Value {
        let name = try createDatabase()
        defer { dropDatabase(name) }
        return try body(url(database: name))
    }

    /// Lends the URL, as superuser, of a fresh database that is dropped afterwards.
    public func withDatabase<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let name = try createDatabase()
        defer { dropDatabase(name) }
        return try await body(url(database: name))
    }

    /// Runs one statement through `psql` as superuser and returns its rows, a line each, columns separated by `|`.
    @discardableResult
    public func execute(_ statement: String, database: String) throws -> String {
        try Subprocess.output(
            "psql", ["--no-psqlrc", "-qAtv", "ON_ERROR_STOP=1", "-c", statement, url(database: database)])
    }

    /// A server that a test has killed keeps its database: it goes with the server.
    private func dropDatabase(_ name: String) {
        _ = try? execute("DROP DATABASE \(name) WITH (FORCE)", database: "postgres")
    }

    @discardableResult
    private func command(_ name: String, _ arguments: String...) throws -> String {
        let script = try PackageRoot.file("scripts/postgres")
        return try Subprocess.output(
            script, [name, directory] + arguments,
            environment: [
                "PG_SET": settings, "PG_DISPOSABLE": "1",
                "PG_OWNER": String(ProcessInfo.processInfo.processIdentifier),
            ])
    }
}
