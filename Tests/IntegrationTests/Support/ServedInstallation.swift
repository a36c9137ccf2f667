import Foundation
import Glibc
import TestSupport

/// `query-api` as a subprocess on an installation, asked with curl as a user would.
final class ServedInstallation {
    private let process: Subprocess
    private let origin: String

    /// Starts it on a free port and waits until it says which.
    init(_ installation: Installation) throws {
        process = try Subprocess(
            PackageRoot.executable("query-api"),
            environment: ["DATABASE_URL": installation.url("pnl_reader"), "QUERY_API_PORT": "0"])
        origin = "http://127.0.0.1:\(try Self.port(of: process))"
    }

    deinit {
        process.send(SIGTERM)
        _ = try? process.wait()
    }

    /// The body of a GET that succeeds, as JSON.
    func get(_ path: String) throws -> [String: Any] {
        let body = try text(path)
        guard let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] else {
            throw TestEnvironmentError("\(path) answered \(body)")
        }
        return object
    }

    /// The body of a GET that succeeds, as text.
    func text(_ path: String) throws -> String {
        try Subprocess.output("curl", ["-sS", "--fail-with-body", "--max-time", "20", origin + path])
    }

    /// The status of a GET.
    func status(_ path: String) throws -> Int {
        let written = try Subprocess.output(
            "curl", ["-sS", "--max-time", "20", "-o", "/dev/null", "-w", "%{http_code}", origin + path])
        return Int(written) ?? 0
    }

    private static func port(of process: Subprocess) throws -> Int {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            for line in process.standardErrorSoFar.split(separator: "\n") {
                let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                if object?["message"] as? String == "Listening", let port = object?["port"] as? Int { return port }
            }
            usleep(20_000)
        }
        throw TestEnvironmentError("query-api never listened:\n\(process.standardErrorSoFar)")
    }
}
