import Accounting
import Events
import Foundation
import ReadModels
import TestSupport
import Testing

/// The recorded pages of `Examples`, folded by `r2` and asked over HTTP as a user would.
@Suite("query-api serves r2 under the old names")
struct QueryAPIRuleSetTests {
    private static let pages = ["assliquid", "txs", "zerion-tx-vitalik-excerpt"]

    private struct Served {
        let installation: Installation
        let service: ServedInstallation
        /// Rows of the list.
        let wallets: [[String: Any]]

        init() throws {
            installation = try Installation(server: .shared, ruleSet: "r2")
            let recorded = try QueryAPIRuleSetTests.pages.map { try PackageRoot.file("Examples/\($0).json") }
            for page in recorded + [try QueryAPIRuleSetTests.pageWithSend()] {
                let output = try Subprocess.run(
                    PackageRoot.executable("ingest"), ["import", "--pages", page],
                    environment: ["DATABASE_URL": installation.url("pnl_appender")])
                guard output.status == 0 else { throw TestEnvironmentError("\(page) was not imported: \(output)") }
            }
            try installation.project()
            service = try ServedInstallation(installation)
            let list = try service.get("/api/results")
            wallets = try #require((list["data"] as? [String: Any])?["results"] as? [[String: Any]])
        }

        /// The data of an answer about a wallet of the list.
        func data(_ prefix: String, _ wallet: [String: Any], _ suffix: String) throws -> [String: Any] {
            let address = try #require(wallet["wallet_address"] as? String)
            let chain = try #require(wallet["chain"] as? String)
            let answer = try service.get("\(prefix)/\(address)/\(suffix)?chain=\(chain)")
            return try #require(answer["data"] as? [String: Any])
        }
    }

    @Test("Win rates and copy-trading metrics agree wherever they are served, and no send is a trade")
    func recordedPages() throws {
        let served = try Served()
        try compareWinRates(served)
        try compareCopyMetrics(served)
        try compareTrades(served)
        try compareConsumptions(served)
    }

    /// A recorded page whose newest transaction gives the tokens away instead of selling them, as no recorded one does
    /// with a token that counts.
    private static func pageWithSend() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "page-with-send-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let name = "kick_raw_zerion_txs"
        try FileManager.default.copyItem(
            atPath: PackageRoot.file("Examples/\(name).prices.json"),
            toPath: folder.appending(path: "\(name).prices.json").path)
        let data = try Data(contentsOf: URL(filePath: PackageRoot.file("Examples/\(name).json")))
        var page = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        var transactions = try #require(page["data"] as? [[String: Any]])
        var attributes = try #require(transactions[0]["attributes"] as? [String: Any])
        let transfers = try #require(attributes["transfers"] as? [[String: Any]])
        let acts = try #require(attributes["acts"] as? [[String: Any]])
        attributes["operation_type"] = "send"
        attributes["transfers"] = transfers.filter { $0["direction"] as? String == "out" }
        attributes["acts"] = acts.map { $0.merging(["type": "send"]) { _, new in new } }
        transactions[0]["attributes"] = attributes
        page["data"] = transactions
        let file = folder.appending(path: "\(name).json")
        try JSONSerialization.data(withJSONObject: page).write(to: file)
        return file.path
    }

    private func number(_ value: Any?) throws -> Double {
        try #require((value as? String).flatMap(Double.init) ?? (value as? NSNumber)?.doubleValue)
    }

    private func compareWinRates(_ served: Served) throws {
        #expect(served.wallets.count >= 4)
        for wallet in served.wallets {
            let result = try served.data("/api/results", wallet, "portfolio")
            let portfolio = try #require(result["portfolio_result"] as? [String: Any])
            let trades = try served.data("/api/v2/wallets", wallet, "trades")
            let statistics = try #require(trades["statistics"] as? [String: Any])
            let listed = try number(wallet["win_rate"])
            #expect(abs(try number(portfolio["overall_win_rate_percentage"]) - listed) < 0.0001)
            #expect(abs(try number(statistics["win_rate_percentage"]) - listed) < 0.0001)
            #expect(portfolio["total_trades"] as? Int == wallet["total_trades"] as? Int)
        }
        #expect(try served.wallets.contains { try number($0["win_rate"]) > 0 })
    }

    /// Those that were folded are served, and they are what the tokens' returns come to.
    private func compareCopyMetrics(_ served: Served) throws {
        var compared = 0
        for wallet in served.wallets {
            let data = try served.data("/api/v2/wallets", wallet, "analysis")
            let metrics = try #require(data["copy_trading_metrics"] as? [String: Any])
            let portfolio = try #require(data["portfolio_result"] as? [String: Any])
            let folded = try #require(portfolio["copy_trading"] as? [String: Any])
            for (name, foldedName) in Self.names {
                let (served, expected) = (metrics[name], folded[foldedName])
                if expected is NSNull {
                    #expect(served is NSNull, "\(name) of \(wallet)")
                } else {
                    #expect(try number(served) == number(expected), "\(name) of \(wallet)")
                    compared += 1
                }
            }
            let rows = try served.installation.rows(Self.returns(of: try #require(wallet["wallet_address"] as? String)))
            let cells = try #require(rows.first).split(separator: "|", omittingEmptySubsequences: false)
            for (name, cell) in zip(["avg_winning_trade_pct", "median_roi_percentage"], cells) where !cell.isEmpty {
                #expect(abs(try number(metrics[name]) - number(String(cell))) < 0.001, "\(name) of \(wallet)")
            }
        }
        #expect(compared > Self.names.count)
    }

    private static let names = [
        ("win_rate_token_percentage", "win_rate_percentage"), ("avg_winning_trade_pct", "average_win_percentage"),
        ("avg_losing_trade_pct", "average_loss_percentage"), ("expectancy_percentage", "expectancy_percentage"),
        ("median_loss_percentage", "median_loss_percentage"), ("median_roi_percentage", "median_return_percentage"),
        ("median_profit_usd", "median_profit_usd"), ("top1_pnl_usd", "top_result_usd"),
        ("skill_pnl_ratio", "skill_ratio"), ("profitable_tokens_count", "profitable_tokens"),
    ]

    /// Mean of the positive returns and median of all, in percent.
    private static func returns(of wallet: String) -> String {
        """
        SELECT avg(t.roi) FILTER (WHERE t.roi > 0), percentile_cont(0.5) WITHIN GROUP (ORDER BY t.roi)
        FROM (
            SELECT coalesce(k.return_millionths, 0) / 10000.0 AS roi
            FROM pnl_g1.token_pnl k JOIN pnl_g1.wallet_pnl w ON w.chain = k.chain AND w.wallet = k.wallet
            WHERE NOT k.is_excluded AND k.trades > 0
                AND convert_from(w.body, 'UTF8')::jsonb ->> 'wallet_address' = '\(wallet)'
        ) AS t
        """
    }

    /// No send and no fee is among the trades, and the counts are those of the swaps.
    private func compareTrades(_ served: Served) throws {
        var notTraded = 0
        for wallet in served.wallets {
            let disposals = try disposals(of: wallet, served)
            let trades = try served.data("/api/v2/wallets", wallet, "trades")
            let matched = try #require(trades["matched_trades"] as? [[String: Any]])
            let unmatched = try #require(trades["unmatched_sells"] as? [[String: Any]])
            let listed = Set(try (matched + unmatched).map { try key(of: $0) })
            let swaps = disposals.filter { $0.kind == .swap }.map(\.key)
            #expect(listed.isSubset(of: swaps))
            notTraded += disposals.count { $0.kind != .swap }
            let pairs = disposals.filter { $0.kind == .swap && $0.isPriced }.reduce(0) { $0 + $1.known }
            #expect(trades["matched_trades_total"] as? Int == pairs)
            let withoutBasis = disposals.filter { $0.kind == .swap }.reduce(0) { $0 + $1.withoutBasis }
            #expect(unmatched.count == min(withoutBasis, 1_000))
        }
        #expect(notTraded > 0)
    }

    /// A token's consumptions are as many as its line counts.
    private func compareConsumptions(_ served: Served) throws {
        var count = 0
        for wallet in served.wallets {
            let result = try served.data("/api/results", wallet, "portfolio")
            let portfolio = try #require(result["portfolio_result"] as? [String: Any])
            let tokens = try #require(portfolio["token_results"] as? [[String: Any]])
            for token in tokens.prefix(20) {
                let address = try #require(token["token_address"] as? String)
                let one = try served.data("/api/results", wallet, address.isEmpty ? "native" : address)
                let line = try #require(
                    ((one["portfolio_result"] as? [String: Any])?["token_results"] as? [[String: Any]])?.first)
                let listed = try #require(line["receive_consumptions"] as? [[String: Any]])
                #expect(listed.count == line["receive_consumptions_total"] as? Int)
                count += listed.count
            }
        }
        #expect(count > 0)
    }

    private struct StoredDisposal {
        let key: String
        let kind: Disposal.Kind
        let isPriced: Bool
        let known: Int
        let withoutBasis: Int
    }

    private func key(of trade: [String: Any]) throws -> String {
        let sale = try #require(trade["sell_event"] as? [String: Any])
        return "\(try #require(sale["token_address"] as? String)) \(try #require(sale["transaction_hash"] as? String))"
    }

    /// What is stored of the wallet's tokens that count.
    private func disposals(of wallet: [String: Any], _ served: Served) throws -> [StoredDisposal] {
        let chain = try #require((wallet["chain"] as? String).flatMap { Chain(alias: $0) })
        let address = try #require(wallet["wallet_address"] as? String)
        let rows = try served.installation.rows(
            """
            SELECT encode(d.asset, 'hex'), encode(d.disposals, 'hex')
            FROM pnl_g1.disposals d JOIN pnl_g1.token_pnl t USING (chain, wallet, asset)
            JOIN pnl_g1.wallet_pnl w USING (chain, wallet)
            WHERE NOT t.is_excluded AND chain = \(chain.rawValue)
                AND convert_from(w.body, 'UTF8')::jsonb ->> 'wallet_address' = '\(address)'
            """)
        return try rows.flatMap { row in
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).map(bytes)
            let asset = try #require(Address(bytes: cells[0]))
            return try DisposalChunk.unpack(cells[1][...], asset: asset).map { disposal in
                StoredDisposal(
                    key: "\(asset.text(on: chain)) \(String(decoding: disposal.transaction, as: UTF8.self))",
                    kind: disposal.kind, isPriced: disposal.isPriced,
                    known: disposal.matches.count { $0.basis == .known },
                    withoutBasis: disposal.matches.count { $0.basis != .known })
            }
        }
    }

    private func bytes(ofHex text: Substring) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
