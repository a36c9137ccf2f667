import Accounting
import Events
import Foundation
import Ingest
import TestSupport
import Testing

/// Recorded pages under rule set r2, through the programs as they are shipped, read back over `/api/v3`.
@Suite("Recorded pages under r2 over HTTP")
struct V3PagesTests {
    @Test(
        "Every figure, disposal and lot of a recorded page is served, and every figure explains itself",
        arguments: ["txs", "assliquid", "assliquid.enriched", "kick_raw_zerion_txs", "kick_raw_zerion_txs.enriched"])
    func recordedPages(name: String) throws {
        let page = try V3Page(name)
        try page.checkPortfolio()
        try page.checkTokens()
        try page.checkDisposals()
        try page.checkLots()
        try page.checkDays()
        try page.checkExplanations()
        try page.checkLedger()
    }

    @Test(
        "What is exported as a ledger imports to the same tables",
        arguments: ["txs", "assliquid.enriched", "kick_raw_zerion_txs.enriched"])
    func ledger(name: String) throws {
        let page = try V3Page(name)
        let file = FileManager.default.temporaryDirectory.appending(path: "exported-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try page.served.text("\(page.path)/events.csv").write(to: file, atomically: false, encoding: .utf8)
        let imported = try Installation(server: .shared, ruleSet: "r2")
        let output = try Subprocess.run(
            PackageRoot.executable("ingest"), ["import", "--format", "csv", file.path],
            environment: ["DATABASE_URL": imported.url("pnl_appender")])
        #expect(output.status == 0, "\(output)")
        try imported.project()
        for table in ["token_pnl", "disposals", "open_lots", "wallet_daily"] {
            let rows = "SELECT md5(t::text) FROM pnl_g1.\(table) t ORDER BY 1"
            let exported = try page.installation.rows(rows)
            #expect(!exported.isEmpty || table == "wallet_daily")
            #expect(try imported.rows(rows) == exported, "\(table)")
        }
    }

    @Test("Rule set r1 explains what it has and refuses the rest")
    func r1() throws {
        let page = try V3Page("assliquid.enriched", ruleSet: "r1")
        for figure in [
            "realized", "unrealized", "total", "invested", "returned", "held_cost", "proceeds_without_basis",
        ] {
            try page.checkExplanation("figure=\(figure)")
            for token in try page.tokens() { try page.checkExplanation("figure=\(figure)&token=\(token.key)") }
        }
        for token in try page.tokens() {
            try page.checkExplanation("figure=missing_quantity&token=\(token.key)")
            try page.checkExplanation("figure=held_quantity&token=\(token.key)")
        }
        #expect(try page.served.status("\(page.path)/explain?figure=fees") == 400)
        #expect(try page.served.status("\(page.path)?method=lifo") == 400)
        let window = try page.member("window", of: "?window=all") as? [String: Any]
        let tokens = try #require(window?["tokens"] as? [String: Any])
        let portfolio = try #require(try page.member("portfolio", of: "") as? [String: Any])
        V3Number.expect(tokens["realized_usd"], portfolio["total_realized_pnl_usd"], "window=all under r1")
    }
}

/// A recorded page that is imported, projected and served.
final class V3Page {
    let installation: Installation
    let served: ServedInstallation
    let path: String
    private let wallet: String
    private let expected: [String: Any]
    private let name: String

    init(_ name: String, ruleSet: String = "r2") throws {
        self.name = name
        let page = name.replacingOccurrences(of: ".enriched", with: "")
        installation = try Installation(server: .shared, ruleSet: ruleSet)
        // Alone, since the prices beside a page are taken, too.
        let folder = FileManager.default.temporaryDirectory.appending(path: "v3-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: "page.json")
        try FileManager.default.copyItem(atPath: PackageRoot.shared("real/\(page).json"), toPath: copy.path)
        var arguments = ["import", "--pages", copy.path]
        if page != name { arguments += ["--prices", try PackageRoot.shared("real/\(page).prices.json")] }
        let output = try Subprocess.run(
            PackageRoot.executable("ingest"), arguments, environment: ["DATABASE_URL": installation.url("pnl_appender")]
        )
        guard output.status == 0 else { throw TestEnvironmentError("the import failed: \(output)") }
        try installation.project()
        served = try ServedInstallation(installation)
        let data = try Data(contentsOf: URL(filePath: PackageRoot.shared("real/expected-r2/\(name).json")))
        let pages = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        expected = try #require(pages?.first)
        wallet = try #require(expected["wallet"] as? String)
        path = "/api/v3/wallets/\(wallet)"
    }

    func member(_ name: String, of query: String) throws -> Any? {
        try #require(try served.get(path + query)["data"] as? [String: Any])[name]
    }

    /// All rows of a list, page by page.
    func rows(_ list: String, limit: Int, _ query: String = "") throws -> [[String: Any]] {
        var rows: [[String: Any]] = []
        var cursor: String?
        repeat {
            let after = cursor.map { "&cursor=\($0)" } ?? ""
            let data = try served.get("\(path)/\(list)?limit=\(limit)\(query)\(after)")["data"] as? [String: Any]
            let name = list == "daily" ? "days" : list == "explain" ? "parts" : list
            rows += try #require(data?[name] as? [[String: Any]])
            cursor = data?["next_cursor"] as? String
        } while cursor != nil
        return rows
    }

    /// Lines of tokens by address, or `native`.
    func tokens() throws -> [String: [String: Any]] {
        let lines = try rows("tokens", limit: 2).map { line in
            let address = line["token_address"] as? String ?? ""
            return (address.isEmpty ? "native" : address, line)
        }
        return Dictionary(uniqueKeysWithValues: lines)
    }
}

extension V3Page {
    func checkPortfolio() throws {
        let answer = try served.get(path)
        let completeness = try #require(answer["completeness"] as? [String: Any])
        #expect(completeness["state"] as? String == "folded")
        let data = try #require(answer["data"] as? [String: Any])
        let portfolio = try #require(data["portfolio"] as? [String: Any])
        #expect(portfolio["token_results"] == nil)
        #expect(portfolio["copy_trading"] is [String: Any])
        let parts = try #require(portfolio["parts"] as? [String: Any])
        for (expectedName, servedName) in [("tokens", "tokens"), ("quote", "quote"), ("portfolio", "whole")] {
            let figures = try #require(expected[expectedName] as? [String: Any])
            let part = try #require(parts[servedName] as? [String: Any])
            V3Number.expectPart(part, figures, "\(name) \(expectedName)")
        }
        // The same by folding on demand: what is asked differs, what comes out must not.
        let method = try #require(try member("portfolio", of: "?window=all") as? [String: Any])
        #expect(method as NSDictionary == portfolio as NSDictionary)
        let window = try #require(try member("window", of: "?window=all") as? [String: Any])
        let whole = try #require(window["whole"] as? [String: Any])
        let figures = try #require(expected["portfolio"] as? [String: Any])
        V3Number.expect(whole["realized_usd"], figures["realised_gross"], "\(name) window")
        V3Number.expect(whole["fees_usd"], figures["fees"], "\(name) window")
    }

    func checkTokens() throws {
        let lines = try tokens()
        let assets = try #require(expected["assets"] as? [String: [String: Any]])
        #expect(Set(lines.keys) == Set(assets.keys))
        for (address, figures) in assets {
            let line = try #require(lines[address])
            #expect(line["token_symbol"] as? String == figures["symbol"] as? String)
            V3Number.expectToken(line, figures, "\(name) \(address)")
            let alone = try #require(try member("token", of: "/tokens/\(address)") as? [String: Any])
            #expect(alone as NSDictionary == line as NSDictionary)
        }
    }

    func checkDisposals() throws {
        let disposals = Array(try rows("disposals", limit: 7).reversed())
        let sales = try #require(expected["disposals"] as? [[String: Any]])
        #expect(disposals.count == sales.count)
        for (disposal, sale) in zip(disposals, sales) { try V3Number.expectDisposal(disposal, sale, name) }
        let fees = try rows("disposals", limit: 1_000, "&kind=fee")
        #expect(fees.count == sales.count { $0["kind"] as? String == "fee" })
    }

    func checkLots() throws {
        let lots = try rows("lots", limit: 3)
        let assets = try #require(expected["assets"] as? [String: [String: Any]])
        for (address, figures) in assets {
            let listed = lots.filter { ($0["token_address"] as? String) == (address == "native" ? "" : address) }
            let wanted = try #require(figures["lots"] as? [[String: Any]])
            #expect(listed.count == wanted.count)
            for (lot, row) in zip(listed, wanted) {
                #expect(lot["acquisition"] as? String == row["transaction"] as? String)
                V3Number.expect(lot["quantity"], row["quantity"], "\(name) lot")
                V3Number.expect(lot["cost_usd"], row["cost"], "\(name) lot")
                #expect(lot["origin"] as? String == row["kind"] as? String)
            }
        }
    }

    /// Days add up to what was realised, whether they are read or folded.
    func checkDays() throws {
        let days = try rows("daily", limit: 2)
        let folded = try rows("daily", limit: 1_000, "&as_of=\(V3Number.now)")
        #expect(days as NSArray == folded as NSArray)
        let sum = days.reduce(0.0) { $0 + (V3Number($1["realized_usd"])?.value ?? 0) }
        let figures = try #require(expected["tokens"] as? [String: Any])
        #expect(abs(sum - (V3Number(figures["realised_gross"])?.value ?? 0)) < 1e-6)
    }
}
