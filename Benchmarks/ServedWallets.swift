import Events
import Postgres
import TestSupport

/// Some hundred wallets on their real way: appended to the log, projected, and served by `query-api`.
final class ServedWallets {
    /// Whose trades they are.
    let wallets: [WalletKey]
    /// Events that lie in the log.
    let eventCount: Int
    /// The most memory the projector had resident, in bytes.
    let projectorPeakByteCount: Int
    /// The service that answers.
    let service: Subprocess
    /// Where it answers.
    let url: String

    private static let size = TradingHistory.Size(wallets: 300, eventsAWallet: 80, tokensAWallet: 12)
    private static let seed: UInt64 = 11
    private static let recordsABatch = 1_000

    /// Makes a database, fills it and starts the service.
    init() throws {
        let history = try TradingHistory(Self.size, seed: Self.seed)
        wallets = history.wallets
        eventCount = history.records.count
        let database = try BenchmarkDatabase(named: "bench_served")
        let appender = try PostgresLog(database.configuration()).makeAppender()
        for start in stride(from: 0, to: eventCount, by: Self.recordsABatch) {
            let batch = Array(history.records[start..<min(start + Self.recordsABatch, eventCount)])
            for result in appender.append(batch, to: .walletTransactions) { _ = try result.get() }
        }
        appender.close()

        let projector = try Subprocess(
            BenchmarkServer.product("projector"), ["run", "--until-caught-up", "--admin-port", "0"],
            environment: ["DATABASE_URL": database.url(as: "pnl_projector")])
        projectorPeakByteCount = ResidentMemory.peakByteCount(untilEndOf: projector)
        let projected = try projector.wait()
        guard projected.status == 0 else { throw BenchmarkError("projector failed: \(projected)") }

        service = try Subprocess(
            BenchmarkServer.product("query-api"), ["--port", "0"],
            environment: ["DATABASE_URL": database.url(as: "pnl_reader")])
        url = try "http://127.0.0.1:\(Self.port(of: service))"
        log("\(eventCount) events of \(wallets.count) wallets are projected and served at \(url)")
    }

    /// The path of a wallet's analysis.
    static func path(of wallet: WalletKey) -> String {
        "/api/v2/wallets/\(wallet.address.text(on: wallet.chain))/analysis?chain=\(wallet.chain.name)"
    }

    /// The port in the line that the service logs once it listens.
    private static func port(of service: Subprocess) throws -> String {
        for _ in 0..<startTimeoutMilliseconds / pauseMilliseconds {
            if let mark = service.standardErrorSoFar.firstRange(of: "\"port\":") {
                return String(service.standardErrorSoFar[mark.upperBound...].prefix { $0.isNumber })
            }
            pause(milliseconds: pauseMilliseconds)
        }
        throw BenchmarkError("query-api does not listen: \(service.standardErrorSoFar)")
    }

    private static let startTimeoutMilliseconds = 10_000
    private static let pauseMilliseconds = 20
}
