import Foundation
import TestSupport
import Testing

/// From recorded provider pages to answers over HTTP, through the programs as they are shipped.
@Suite("From recorded pages to HTTP")
struct PipelineTests {
    @Test(
        "Every token of a recorded page has the original's figures",
        arguments: ["txs", "assliquid", "kick_raw_zerion_txs", "assliquid.enriched", "kick_raw_zerion_txs.enriched"])
    func recordedPages(name: String) throws {
        let page = name.replacingOccurrences(of: ".enriched", with: "")
        let installation = try Installation(server: .shared)
        var arguments = ["import", "--pages", try Self.alone(page)]
        if page != name { arguments += ["--prices", try PackageRoot.shared("real/\(page).prices.json")] }
        let output = try Subprocess.run(
            PackageRoot.executable("ingest"), arguments,
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
        #expect(output.status == 0, "\(output)")
        try installation.project()
        let served = try ServedInstallation(installation)
        let expected = try Self.expectation(name)
        let wallet = try #require(try installation.wallets().first)
        for (address, figures) in expected {
            let token = try installation.token(address)
            // The exchange-currency filter of domain.md 2.7 is applied by the API, the figures are before it.
            let path = "/api/results/\(wallet)/\(address)"
            if token["is_excluded"] as? Bool == true {
                #expect(try served.status(path) == 404)
            } else {
                let data = try #require(try served.get(path)["data"] as? [String: Any])
                let portfolio = try #require(data["portfolio_result"] as? [String: Any])
                let results = try #require(portfolio["token_results"] as? [[String: Any]])
                Figures.compare(try #require(results.first), figures, "\(name) \(address) over HTTP")
            }
            Figures.compare(token, figures, "\(name) \(address)")
        }
        #expect(try installation.rows("SELECT count(*) FROM pnl_g1.token_pnl") == ["\(expected.count)"])
    }

    @Test("Real EVM pages import without a refusal, native coins and NFT legs included")
    func evmPages() throws {
        let installation = try Installation(server: .shared)
        for page in ["zerion-tx-bsc-down", "zerion-tx-vitalik-excerpt"] {
            let output = try Subprocess.run(
                PackageRoot.executable("ingest"),
                ["import", "--pages", try PackageRoot.shared("real/web/\(page).json")],
                environment: ["DATABASE_URL": installation.url("pnl_appender")])
            #expect(output.status == 0, "\(output)")
        }
        try installation.project()
        #expect(try installation.rows("SELECT sum(transactions), sum(refused) FROM pnl_g1.wallet_pnl") == ["12|0"])
    }

    @Test("A changed page is revision 2 and wins, in whatever order the projector reads, and twice is once")
    func revision() throws {
        let changed = FileManager.default.temporaryDirectory.appending(path: "changed-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: changed) }
        let page = try String(contentsOfFile: PackageRoot.shared("real/kick_raw_zerion_txs.json"), encoding: .utf8)
        // One sale of KICK at twice its value.
        let sold = #""value": 1038.9333157501915"#
        #expect(page.contains(sold))
        try page.replacingOccurrences(of: sold, with: #""value": 2077.866631500383"#)
            .write(toFile: changed, atomically: false, encoding: .utf8)
        let original = try Self.alone("kick_raw_zerion_txs")

        let inOrder = try Installation(server: .shared)
        let programs = Programs(inOrder)
        try programs.importPages(original)
        try programs.importPages(changed)
        try programs.importPages(changed)
        #expect(try inOrder.rows("SELECT count(*) FROM log.records WHERE topic = 1") == ["16"])
        try inOrder.project()

        let reversed = try Installation(server: .shared)
        for place in try inOrder.records().reversed() {
            try reversed.copyRecord(from: inOrder, place)
            try reversed.project()
        }
        #expect(try reversed.hash() == inOrder.hash())

        let untouched = try Installation(server: .shared)
        try Programs(untouched).importPages(original)
        try untouched.project()
        #expect(try untouched.hash() != inOrder.hash())
    }

    /// A page without the prices beside it: `--pages FILE` takes those it finds.
    private static func alone(_ page: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "alone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let copy = folder.appending(path: "page.json")
        try FileManager.default.copyItem(atPath: PackageRoot.shared("real/\(page).json"), toPath: copy.path)
        return copy.path
    }

    private static func expectation(_ name: String) throws -> [String: [String: Any]] {
        let data = try Data(contentsOf: URL(filePath: PackageRoot.shared("real/expected-r1/\(name).json")))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return try #require(object?["tokens"] as? [String: [String: Any]])
    }
}

/// Compares figures of a token with what the original published.
private enum Figures {
    /// Served name and the name in the expectation; quantities and money are decimal text.
    private static let names = [
        ("total_realized_pnl_usd", "realized_pnl_usd"), ("total_invested_usd", "total_invested_usd"),
        ("total_returned_usd", "total_returned_usd"), ("total_trades", "total_trades"),
        ("winning_trades", "winning_trades"), ("remaining_received_quantity", "received_quantity"),
        ("receive_consumptions_total", "receive_consumptions"), ("avg_hold_time_minutes", "avg_hold_time_minutes"),
        ("events_processed", "events"),
    ]

    static func compare(_ served: [String: Any], _ expected: [String: Any], _ what: String) {
        for (name, published) in names { close(served[name], expected[published], "\(what) \(name)") }
        let position = served["remaining_position"] as? [String: Any]
        close(position?["bought_quantity"] ?? "0", expected["bought_quantity"], "\(what) bought_quantity")
        close(position?["total_cost_basis_usd"] ?? "0", expected["total_cost_basis_usd"], "\(what) cost basis")
    }

    /// Equal at 1e-9 relative; what the reference writes as `E-34` is zero.
    private static func close(_ served: Any?, _ expected: Any?, _ what: String) {
        guard let served = number(served), let expected = number(expected) else {
            Issue.record("\(what) is missing: \(String(describing: served)), \(String(describing: expected))")
            return
        }
        let tolerance = max(abs(expected) * 1e-9, 1e-15)
        #expect(abs(served - expected) <= tolerance, "\(what): \(served) instead of \(expected)")
    }

    private static func number(_ value: Any?) -> Double? {
        if let text = value as? String { Double(text) } else { (value as? NSNumber)?.doubleValue }
    }
}

extension Installation {
    /// The wallets' addresses as text.
    fileprivate func wallets() throws -> [String] {
        try rows("SELECT convert_from(body, 'UTF8')::jsonb ->> 'wallet_address' FROM pnl_g1.wallet_pnl")
    }

    /// A token's line in the read model.
    fileprivate func token(_ address: String) throws -> [String: Any] {
        let rows = try rows(
            """
            SELECT convert_from(body, 'UTF8') FROM pnl_g1.token_pnl
            WHERE convert_from(body, 'UTF8')::jsonb ->> 'token_address' = '\(address)'
            """)
        let object = try JSONSerialization.jsonObject(
            with: Data((rows.first ?? "null").utf8), options: .fragmentsAllowed)
        return try #require(object as? [String: Any], "no row of \(address)")
    }
}
