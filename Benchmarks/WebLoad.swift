import TestSupport

/// Requests as fast as they are answered, by wrk, from the machine of the service itself.
struct WebLoad {
    private static let threads = 2
    private static let connections = 64

    /// What is asked: the service, and a file with a path a line.
    let url: String
    let pathsFile: String

    /// Requests answered a second. Throws when one was answered with anything but success.
    func requestsASecond(seconds: Int) throws -> Double {
        let output = try Subprocess.output(
            "wrk",
            [
                "-t\(Self.threads)", "-c\(Self.connections)", "-d\(seconds)s", "-s",
                PackageRoot.file("Benchmarks/wallets.lua"), url,
            ], environment: ["PATHS": pathsFile])
        guard !output.contains("Non-2xx"), !output.contains("Socket errors"),
            let mark = output.firstRange(of: "Requests/sec:"),
            let rate = Double(output[mark.upperBound...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "." })
        else { throw BenchmarkError("a request to \(url) failed:\n\(output)") }
        return rate
    }
}
