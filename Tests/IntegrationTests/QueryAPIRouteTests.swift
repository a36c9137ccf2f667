import Events
import Foundation
import TestSupport
import Testing

@testable import QueryAPI

@Suite("query-api answers from PostgreSQL over HTTP")
struct QueryAPIRouteTests {
    typealias Fixture = QueryAPIFixture
    /// One for all tests of this suite, which only read; a wallet of it is a favourite.
    private static let shared = Result {
        let fixture = try Fixture()
        _ = try fixture.installation.rows(
            """
            INSERT INTO base.wallet_flags
            SELECT chain, wallet, 'favorite', true, 'c', 'a', 0 FROM pnl_g1.wallet_pnl WHERE chain = 3
            """)
        return fixture
    }
    let fixture: Fixture

    init() throws { fixture = try Self.shared.get() }

    @Test("A list carries exact numbers, the page and the sums over everything")
    func list() async throws {
        let reply = try await fixture.get("/api/results?sort=pnl&limit=2")
        #expect(reply.status == 200)
        #expect(reply["data", "results", "0", "wallet_address"] == Fixture.evm)
        #expect(reply["data", "results", "0", "chain"] == "base")
        #expect(reply.text.contains("\"total_pnl_usd\":500,\"realized_pnl_usd\":440"))
        #expect(reply["data", "results", "1", "roi_percentage"] == "180")
        #expect(reply["data", "results", "1", "avg_hold_time_minutes"] == "60")
        #expect(reply["data", "pagination", "total_count"] == "3")
        #expect(reply["data", "pagination", "has_more"].map { ["1", "true"].contains($0) } == true)
        #expect(reply["data", "summary", "total_wallets"] == "3")
        #expect(reply["data", "summary", "profitable_wallets"] == "2")
        #expect(reply.text.contains("\"total_pnl_usd\":575,\"average_pnl_usd\":191.666666666666666667"))
        #expect(reply["data", "summary", "total_trades"] == "6")
        #expect(reply["completeness", "refused_transactions"] == "1")
        #expect(reply["position"] == "v1:8,2:9,3:42")
        #expect(reply["generation"] == "1")
        #expect(reply["rule_set"] == "r1.1")
    }

    @Test("Every sort in either direction lists every wallet once, and reversed", arguments: ResultsSort.allCases)
    func sorts(sort: ResultsSort) async throws {
        var orders: [[String?]] = []
        for order in ["asc", "desc"] {
            let reply = try await fixture.get("/api/results?sort=\(sort.rawValue)&order=\(order)")
            #expect(reply.status == 200)
            orders.append((0..<3).map { reply["data", "results", "\($0)", "chain"] })
        }
        #expect(Set(orders[0]).count == 3)
        #expect(orders[0] == orders[1].reversed())
    }

    @Test(
        "Filters and the chain narrow the list and its count",
        arguments: [
            ("min_pnl=100", 1), ("max_pnl=-4.999999999999999999", 1), ("min_pnl=-5&max_pnl=80", 2),
            ("min_win_rate=25.0001", 2), ("max_win_rate=25", 1), ("min_hold_time=60", 3),
            ("min_hold_time=60.000001", 0),
            ("min_trades=4", 1), ("min_roi=180&max_roi=180", 3), ("min_unique_tokens=3", 0), ("max_active_days=1", 3),
            ("favorites=true", 1), ("favorites=false", 2), ("archived=true", 0), ("chain=bsc", 0), ("chain=ETH", 1),
            ("chain=sol&min_pnl=80", 1),
        ])
    func filters(query: String, count: Int) async throws {
        let reply = try await fixture.get("/api/results?\(query)")
        #expect(reply.status == 200)
        #expect(reply["data", "pagination", "total_count"] == "\(count)")
        #expect(reply["data", "results", "\(count)"] == nil)
        if count > 0 { #expect(reply["data", "results", "\(count - 1)"] != nil) }
    }

    @Test("A chain's list is summed over that chain alone")
    func chainSummary() async throws {
        let reply = try await fixture.get("/api/results?chain=base")
        #expect(reply["data", "summary", "total_wallets"] == "1")
        #expect(reply["data", "summary", "total_pnl_usd"] == "500")
    }

    @Test("The portfolio is the stored body, with position, time of the version and completeness")
    func portfolio() async throws {
        let reply = try await fixture.get("/api/results/\(Fixture.solana)/portfolio")
        #expect(reply.status == 200)
        #expect(reply["data", "portfolio_result", "total_pnl_usd"] == "80")
        #expect(reply["data", "portfolio_result", "token_results", "1", "token_symbol"] == "GIFT")
        #expect(reply["data", "portfolio_result", "token_results", "2"] == nil)
        #expect(reply["data", "analyzed_at"] == "2025-10-05T00:00:00.000000Z")
        #expect(reply["position"] == "3:41")
        #expect(reply["timestamp"] == "2025-10-09T08:53:20.000000Z")
        #expect(reply["completeness", "refused_transactions"] == "1")
        #expect(reply["completeness", "is_degraded"].map { ["0", "false"].contains($0) } == true)
        #expect(reply.headers["x-content-type-options"] == "nosniff")
    }

    @Test("A token comes with its matched trades and what was sold without a basis")
    func token() async throws {
        let address = QueryAPIExamples.token.text(on: .solana)
        let reply = try await fixture.get("/api/results/\(Fixture.solana)/\(address)")
        let token = ["data", "portfolio_result", "token_results", "0"]
        func value(_ path: String...) -> String? { reply.value(at: token + path) }
        #expect(value("token_symbol") == "<b>\"KICK\"</b>")
        #expect(value("matched_trades_total") == "1")
        #expect(value("matched_trades", "0", "matched_quantity") == "4")
        #expect(value("matched_trades", "0", "buy_event", "usd_price_per_token") == "10")
        #expect(value("matched_trades", "0", "sell_event", "usd_price_per_token") == "15")
        #expect(value("matched_trades", "0", "realized_pnl_usd") == "20")
        #expect(value("matched_trades", "0", "hold_time_seconds") == "3600")
        #expect(value("receive_consumptions", "0", "receive_event", "transaction_hash") == "implicit_receive_sell")
        #expect(value("receive_consumptions", "1", "receive_event", "event_type") == "Receive")
        #expect(value("receive_consumptions", "1", "consumed_quantity") == "2")
        #expect(reply["data", "portfolio_result", "token_results", "1"] == nil)
        #expect(reply["data", "portfolio_result", "total_pnl_usd"] == "80")
    }

    @Test("The analysis carries metrics and what nobody knows as null")
    func analysis() async throws {
        let reply = try await fixture.get("/api/v2/wallets/\(Fixture.solana)/analysis?max_transactions=500")
        #expect(reply.status == 200)
        #expect(reply["data", "copy_trading_metrics", "trading_style", "SwingTrader", "avg_hold_hours"] == "1")
        #expect(reply["data", "copy_trading_metrics", "median_roi_percentage"] == "80")
        #expect(reply["data", "copy_trading_metrics", "max_position_percentage"] == "100")
        #expect(reply["data", "copy_trading_metrics", "partial_exit_frequency"] == "1")
        #expect(reply.text.contains("\"profit_factor\":null"))
        #expect(reply["data", "metadata", "tokens_processed"] == "3")
        #expect(reply["data", "metadata", "algorithm_version"] == "r1.1")
        #expect(reply["data", "metadata", "quality_score"] == "80")
        #expect(reply.text.contains("\"analysis_duration_ms\":null"))
        let plain = try await fixture.get("/api/v2/wallets/\(Fixture.solana)/analysis?include_copy_metrics=false")
        #expect(plain.text.contains("\"copy_trading_metrics\":null"))
    }

    @Test("Trades carry categories and statistics")
    func trades() async throws {
        let reply = try await fixture.get("/api/v2/wallets/\(Fixture.solana)/trades")
        #expect(reply["data", "matched_trades", "0", "performance_category"] == "Profitable")
        #expect(reply["data", "matched_trades", "0", "hold_time_category"] == "Intraday")
        #expect(reply["data", "matched_trades", "0", "position_size_percentage"] == "40")
        #expect(reply["data", "unmatched_sells", "1", "basis"] == "unknown")
        #expect(reply["data", "unmatched_sells", "0", "proceeds_without_basis_usd"] == "15")
        #expect(reply["data", "statistics", "total_gains_usd"] == "20")
        #expect(reply["data", "statistics", "average_pnl_per_trade_usd"] == "20")
        let empty = try await fixture.get("/api/v2/wallets/\(Fixture.evm)/trades?chain=base")
        #expect(empty.status == 200)
        #expect(empty["data", "matched_trades", "0"] == nil)
    }

    @Test(
        "Every answer about a wallet says in the same words how far it is complete",
        arguments: [
            "/api/v2/wallets/\(Fixture.solana)/trades", "/api/v2/wallets/\(Fixture.solana)/positions",
            "/api/v2/wallets/\(Fixture.solana)/analysis",
            "/api/results/\(Fixture.solana)/\(QueryAPIExamples.token.text(on: .solana))",
        ])
    func completeness(target: String) async throws {
        func completeness(_ target: String) async throws -> Substring {
            let text = try await fixture.get(target).text
            let start = try #require(text.range(of: ",\"completeness\":{\"covered_from\":", options: .backwards))
            return text[start.lowerBound...]
        }
        let expected = try await completeness("/api/results/\(Fixture.solana)/portfolio")
        #expect(expected.contains("\"refused_transactions\":1,"))
        #expect(expected.contains("\"is_degraded\":false}"))
        #expect(try await completeness(target) == expected)
    }

    @Test(
        "A portfolio says of when it is",
        arguments: ["results/\(Fixture.solana)/portfolio", "v2/wallets/\(Fixture.solana)/analysis"])
    func analysisTimestamp(path: String) async throws {
        let reply = try await fixture.get("/api/\(path)")
        #expect(reply["data", "portfolio_result", "analysis_timestamp"] == "2025-10-05T00:00:00.000000Z")
    }

    @Test("Positions carry value, share and age, leave excluded tokens out, and do not invent a price")
    func positions() async throws {
        let reply = try await fixture.get("/api/v2/wallets/\(Fixture.solana)/positions")
        #expect(reply["data", "positions", "0", "current_value_usd"] == "120")
        #expect(reply["data", "positions", "0", "unrealized_pnl_percentage"] == "100")
        #expect(reply["data", "positions", "0", "portfolio_percentage"] == "100")
        #expect(reply["data", "positions", "0", "risk_level"] == "VeryHigh")
        #expect(reply["data", "positions", "0", "avg_cost_basis_usd"] == "10")
        let days = Int64(Date().timeIntervalSince1970) / 86_400 - QueryAPIExamples.boughtAt / QueryAPIExamples.day
        #expect(reply["data", "positions", "0", "days_held"] == "\(days)")
        #expect(reply["data", "positions", "1", "received_quantity"] == "7")
        #expect(reply.text.contains("\"current_value_usd\":null,\"unrealized_pnl_usd\":null"))
        #expect(reply["data", "positions", "2"] == nil)
        #expect(reply["data", "allocation", "concentration_score"] == "20")
        #expect(reply["data", "allocation", "position_count"] == "2")
    }

    @Test("The page lists the wallets and allows no script")
    func page() async throws {
        let reply = try await fixture.get("/")
        #expect(reply.status == 200)
        #expect(reply.text.contains("href=\"/api/results/\(Fixture.solana)/portfolio?chain=solana\""))
        #expect(!reply.text.contains("<script"))
        #expect(reply.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        #expect(try await fixture.get("/style.css").headers["content-type"] == "text/css; charset=utf-8")
    }

    @Test("Health, readiness and metrics are answered without the envelope")
    func health() async throws {
        #expect(try await fixture.get("/health")["status"] == "healthy")
        let ready = try await fixture.get("/health/ready")
        #expect(ready.status == 200)
        #expect(ready["generation"] == "1")
        let metrics = try await fixture.get("/metrics").text
        #expect(metrics.contains("http_requests_total{route=\"/health\",method=\"GET\",code=\"200\"}"))
        #expect(metrics.contains("query_api_queue_length{lane=\"fast\"} 0"))
    }
}
