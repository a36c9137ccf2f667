import Glibc
import Postgres
import TestSupport

/// What `scripts/bench` has started and built, by the variables it passes on.
enum BenchmarkServer {
    /// The value of a variable. Throws when the benchmark was started without the script.
    static func variable(_ name: String) throws -> String {
        guard let value = getenv(name) else { throw BenchmarkError("\(name) is not set: run scripts/bench") }
        return String(cString: value)
    }

    /// An executable of the release build.
    static func product(_ name: String) throws -> String { try "\(variable("PRODUCTS_DIRECTORY"))/\(name)" }
}

/// A database of one benchmark's own, brought to the product's shape.
struct BenchmarkDatabase {
    /// How to reach it, as superuser.
    let url: String

    /// Makes and migrates an empty one. A number in `name` keeps databases apart.
    init(named name: String) throws {
        let server = try BenchmarkServer.variable("DATABASE_URL")
        let administration = try PostgresConnection(Self.configuration(server))
        try administration.execute("DROP DATABASE IF EXISTS \(name)")
        try administration.execute("CREATE DATABASE \(name)")
        administration.close()
        // Of a parameter given twice libpq takes the last.
        url = server + (server.contains("?") ? "&" : "?") + "dbname=\(name)"
        _ = try Subprocess.output(
            BenchmarkServer.product("projector"), ["migrate"], environment: ["DATABASE_URL": url])
    }

    /// How a role of the product reaches it.
    func url(as role: String) -> String { "\(url)&user=\(role)" }

    /// How the wrappers reach it.
    func configuration() throws -> PostgresConfiguration { try Self.configuration(url) }

    private static func configuration(_ url: String) throws -> PostgresConfiguration {
        PostgresConfiguration(url: try PostgresURL(url), applicationName: "bench")
    }
}
