import TestSupport

/// A wallet's analysis out of the database, never out of a cache, beside a static file of the same size from nginx.
struct ReadBenchmark {
    private static let warmUpSeconds = 1
    private static let secondsARound = 2
    private static let roundCount = 3
    private static let sampledWallets = 20

    /// What is asked.
    let served: ServedWallets

    /// Measures both servers in turns.
    func run() throws {
        let root = try BenchmarkServer.variable("NGINX_ROOT")
        let size = try meanBodyByteCount()
        try write(String(repeating: "x", count: size), to: "\(root)/body.json")
        try write("/body.json\n", to: "\(root)/body.paths")
        try write(served.wallets.map { ServedWallets.path(of: $0) + "\n" }.joined(), to: "\(root)/wallets.paths")
        log("read: bodies of \(size) bytes")
        let loads = [
            WebLoad(url: served.url, pathsFile: "\(root)/wallets.paths"),
            WebLoad(url: try BenchmarkServer.variable("NGINX_URL"), pathsFile: "\(root)/body.paths"),
        ]
        for load in loads { _ = try load.requestsASecond(seconds: Self.warmUpSeconds) }
        var rates = loads.map { _ in [Double]() }
        for _ in 0..<Self.roundCount {
            for (index, load) in loads.enumerated() {
                rates[index].append(try load.requestsASecond(seconds: Self.secondsARound))
            }
        }
        Measurement(
            benchmark: .read, figure: "analysis", value: Rounds.median(rates[0]), unit: "req/s",
            reference: Rounds.median(rates[1])
        ).report()
    }

    private func meanBodyByteCount() throws -> Int {
        let sample = served.wallets.prefix(Self.sampledWallets)
        let total = try sample.reduce(0) { total, wallet in
            let url = served.url + ServedWallets.path(of: wallet)
            return try total + Subprocess.output("curl", ["--silent", "--show-error", "--fail", url]).utf8.count
        }
        return total / sample.count
    }
}
