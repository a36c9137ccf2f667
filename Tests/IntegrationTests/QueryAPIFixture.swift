import Accounting
import Events
import Foundation
import FoundationNetworking
import HTTPServer
import Postgres
import ReadModels
import Runtime
import TestSupport
import Testing

@testable import Projector
@testable import QueryAPI

/// A database with rows made by hand and the service over it, asked through real HTTP.
///
/// Sendable: `Installation` only names a database, and the rest is Sendable by itself.
final class QueryAPIFixture: @unchecked Sendable {
    static let writtenAt: Int64 = 1_760_000_000_000_000

    let installation: Installation
    let log = CollectingLogSink()
    let reads: ReadService
    private let server: HTTPService
    private let stop = StopFlag()
    private let client = URLSession(configuration: .ephemeral)

    /// Migrates, writes the example wallets and starts the service.
    init(
        server postgres: PrivatePostgres? = nil, origins: [String] = [], limits: ReadLimits = ReadLimits()
    ) throws {
        installation = try Installation(server: try postgres ?? .shared)
        try Self.write(
            [
                QueryAPIExamples.folded(
                    QueryAPIExamples.solanaWallet, QueryAPIExamples.solana, offset: 41, partition: 3),
                QueryAPIExamples.folded(
                    QueryAPIExamples.evm(.ethereum), QueryAPIExamples.plain(total: -5, trades: 4), offset: 7,
                    partition: 1),
                QueryAPIExamples.folded(
                    QueryAPIExamples.evm(.base), QueryAPIExamples.plain(total: 500), offset: 8, partition: 2),
            ], in: 1, of: installation)
        let logger = Logger(service: "query-api", sink: log)
        let registry = MetricsRegistry()
        reads = ReadService(
            connection: try installation.configuration("pnl_reader"), limits: limits, threads: .init(fast: 2, slow: 1),
            startTimeoutMilliseconds: 10_000, metrics: registry, logger: logger)
        let routes = APIRoutes(
            asker: reads, policy: DeliveryPolicy(allowedOrigins: origins), registry: registry)
        server = HTTPService(HTTPServerConfiguration(), routes: routes, registry: registry, logger: logger)
        try reads.start(until: stop)
        try server.start(until: stop)
    }

    deinit {
        stop.raise()
        server.close()
        reads.close()
    }

    /// Writes wallets as the projector does, and how far the generation is projected.
    static func write(_ wallets: [FoldedWallet], in number: Int32, of installation: Installation) throws {
        let connection = try PostgresConnection(installation.configuration("postgres"))
        defer { connection.close() }
        let identity = GenerationIdentity(ruleSet: RuleSetIdentity(name: "r1", version: 1))
        let writer = try GenerationWriter(
            generation: Generation(number: number, identity: identity), connection: connection)
        try connection.transaction { try writer.write(wallets, writtenAt: writtenAt) }
        for wallet in wallets {
            try advance(
                partition: wallet.touched.partition, to: wallet.touched.lastOffset + 1, in: number, installation)
        }
    }

    static func advance(
        partition: Int32, to offset: Int64, in number: Int32 = 1, _ installation: Installation
    ) throws {
        _ = try installation.rows(
            """
            INSERT INTO pnl_g\(number).projection_progress (topic, partition, next_offset, moved_at)
            VALUES (1, \(partition), \(offset), \(writtenAt))
            ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
            """)
    }

    /// What came back.
    struct Reply {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The body's value at a path of keys and indices, as text without quotes.
        subscript(_ path: String...) -> String? { value(at: path) }

        func value(at path: [String]) -> String? {
            guard let document = try? JSONSerialization.jsonObject(with: Data(body)) else { return nil }
            var value: Any? = document
            for step in path {
                if let index = Int(step) {
                    let list = value as? [Any]
                    value = list.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                } else {
                    value = (value as? [String: Any])?[step]
                }
            }
            return value.map { "\($0)" }
        }
    }

    func get(
        _ target: String, method: String = "GET", headers: [String: String] = [:]
    ) async throws -> Reply {
        let port = try #require(server.port)
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(target)")))
        request.httpMethod = method
        request.cachePolicy = .reloadIgnoringLocalCacheData
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await client.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let headers = http.allHeaderFields.reduce(into: [String: String]()) { all, field in
            all["\(field.key)".lowercased()] = "\(field.value)"
        }
        return Reply(status: http.statusCode, headers: headers, body: [UInt8](data))
    }

    static let solana = QueryAPIExamples.solanaWallet.address.text(on: .solana)
    static let evm = QueryAPIExamples.evmAddress.text(on: .base)
}
