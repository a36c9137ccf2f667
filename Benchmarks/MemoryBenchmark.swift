import Events
import TestSupport

/// The most memory each process has resident while it does its work, beside the bound it is held to.
struct MemoryBenchmark {
    private static let loadSeconds = 2
    private static let importedPages = 100
    private static let bytesAMebibyte = 1_048_576.0
    private static let boundMebibytes = 256.0

    /// The wallets whose projector and service are looked at.
    let served: ServedWallets

    /// Measures ingest over an import, the projector over its catching up, query-api under load.
    func run() throws {
        report("ingest", try importPeak())
        report("projector", served.projectorPeakByteCount)
        let paths = try "\(BenchmarkServer.variable("NGINX_ROOT"))/memory.paths"
        try write(served.wallets.map { ServedWallets.path(of: $0) + "\n" }.joined(), to: paths)
        _ = try WebLoad(url: served.url, pathsFile: paths).requestsASecond(seconds: Self.loadSeconds)
        guard let peak = ResidentMemory.peakByteCount(of: served.service) else {
            throw BenchmarkError("query-api has ended: \(served.service.standardErrorSoFar)")
        }
        report("query-api", peak)
    }

    private func report(_ process: String, _ byteCount: Int) {
        Measurement(
            benchmark: .memory, figure: process, value: Double(byteCount) / Self.bytesAMebibyte, unit: "MiB",
            reference: Self.boundMebibytes
        ).report()
    }

    /// Imports a recorded page over and over under other hashes: one wallet with a long history.
    private func importPeak() throws -> Int {
        let database = try BenchmarkDatabase(named: "bench_import")
        let folder = try "\(BenchmarkServer.variable("NGINX_ROOT"))/pages"
        try makeFolder(folder)
        let text = String(decoding: try RecordedPage.all[0].bytes(), as: UTF8.self)
        for page in 0..<Self.importedPages {
            let mark = "\"hash\":\""
            try write(text.replacing(mark, with: "\(mark)\(page)x"), to: "\(folder)/\(page).json")
        }
        let process = try Subprocess(
            BenchmarkServer.product("ingest"), ["import", "--pages", folder],
            environment: ["DATABASE_URL": database.url(as: "pnl_appender")])
        let peak = ResidentMemory.peakByteCount(untilEndOf: process)
        let output = try process.wait()
        guard output.status == 0 else { throw BenchmarkError("ingest failed: \(output)") }
        log("memory: ingest imported \(Self.importedPages) pages: \(output.standardOutput)")
        return peak
    }
}
