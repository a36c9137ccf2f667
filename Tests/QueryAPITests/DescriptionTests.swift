import Accounting
import Events
import Foundation
import HTTPServer
import JSON
import ReadModels
import Runtime
import Testing

@testable import QueryAPI

@Suite("schemas/openapi.yaml")
struct DescriptionTests {
    private static func text() throws -> String {
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        return try String(contentsOf: package.appending(path: "schemas/openapi.yaml"), encoding: .utf8)
    }

    private static var routes: APIRoutes {
        APIRoutes(asker: NobodyAsks(), policy: DeliveryPolicy(), registry: MetricsRegistry())
    }

    @Test("Every route is described, and nothing that is no route")
    func paths() throws {
        let described = try Self.text().split(separator: "\n")
            .filter { $0.hasPrefix("  /") && $0.hasSuffix(":") }
            .map { String($0.dropFirst(2).dropLast()) }
        #expect(described.sorted() == Self.routes.patterns.sorted())
    }

    @Test("Every filter, sort and error code is described")
    func words() throws {
        let text = try Self.text()
        for filter in ResultsQuery.filters {
            #expect(text.contains("name: min_\(filter.name)"))
            #expect(text.contains("name: max_\(filter.name)"))
        }
        for sort in ResultsSort.allCases { #expect(text.contains(sort.rawValue)) }
        for metric in TokenMetrics.names { #expect(text.contains("\(metric):")) }
        for code in APIError.Code.all { #expect(text.contains(code.text)) }
    }
}

extension DescriptionTests {
    /// Names of a schema's own properties, as the file is indented.
    private static func properties(of schema: String) throws -> Set<String> {
        let lines = try text().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "    \(schema):" }, "no schema \(schema)")
        let body = lines[(start + 1)...].prefix { $0.hasPrefix("     ") || $0.isEmpty }
        return Set(
            body.drop { $0 != "      properties:" }.dropFirst().prefix { $0.hasPrefix("        ") }
                .filter { $0.hasPrefix("        ") && !$0.hasPrefix("         ") }
                .compactMap { $0.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) } })
    }

    private static func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }

    private static func rendered(_ body: (inout JSONWriter) -> Void) throws -> Set<String> {
        var json = JSONWriter()
        json.beginObject()
        body(&json)
        json.endObject()
        return Set(try object(JSONSerialization.jsonObject(with: Data(json.bytes))).keys)
    }

    @Test("A stored body has the members that are described, and the answer adds those that are described besides")
    func bodies() throws {
        var numbers = WalletNumbers()
        var token = TokenFigures(asset: .empty, symbol: "ETH", decimals: 18)
        token.heldKnown = 1
        numbers.tokens = [token]
        let bytes = WalletBody.render(numbers, wallet: RenderingTests.wallet)
        let body = try Self.object(JSONSerialization.jsonObject(with: Data(bytes)))
        #expect(try Set(body.keys).union(["analysis_timestamp"]) == Self.properties(of: "PortfolioPnLResult"))
        let parts = try Self.object(body["parts"])
        #expect(try Set(parts.keys) == Self.properties(of: "PortfolioParts"))
        #expect(try Set(Self.object(parts["quote"]).keys) == Self.properties(of: "PartFigures"))
        #expect(try Set(Self.object(body["copy_trading"]).keys) == Self.properties(of: "CopyTradingFigures"))
        let completeness = try Self.object(body["completeness"])
        #expect(try Set(completeness.keys).union(["is_degraded"]) == Self.properties(of: "Completeness"))
        let line = try Self.object((body["token_results"] as? [Any])?.first)
        let added = [
            "matched_trades", "matched_trades_total", "matched_trades_truncated", "receive_consumptions",
            "receive_consumptions_truncated",
        ]
        #expect(try Set(line.keys).union(added) == Self.properties(of: "TokenPnLResult"))
        #expect(try Set(Self.object(line["detail"]).keys) == Self.properties(of: "TokenDetail"))
        #expect(try Set(Self.object(line["remaining_position"]).keys) == Self.properties(of: "RemainingPosition"))
    }

    @Test("What is rendered of rows has the members that are described")
    func rows() throws {
        let figures = RenderingTests.figures()
        var row = JSONWriter()
        figures.appendResultRow(to: &row)
        let listed = try Self.object(JSONSerialization.jsonObject(with: Data(row.bytes)))
        #expect(try Set(listed.keys) == Self.properties(of: "ResultRow"))
        let match = LotMatch(
            basis: .missing, acquiredAt: 0, acquisition: [], quantity: 1, cost: .zero, proceeds: .zero,
            realised: .zero, holdSeconds: 0)
        let token = TradedToken(wallet: RenderingTests.wallet, asset: .empty, symbol: "ETH", decimals: 18)
        let part = TradePart(token: token, soldAt: 0, sale: [], match: match)
        #expect(try Self.rendered(part.appendMatchedTrade) == Self.properties(of: "MatchedTrade"))
        var consumption = JSONWriter()
        part.appendConsumption(to: &consumption)
        let consumed = try Self.object(JSONSerialization.jsonObject(with: Data(consumption.bytes)))
        #expect(try Set(consumed.keys) == Self.properties(of: "ReceiveConsumption"))
        #expect(try Set(Self.object(consumed["sell_event"]).keys) == Self.properties(of: "FinancialEvent"))
        let described = try Self.properties(of: "CopyTradingMetrics")
        #expect(
            described
                == Set(TokenMetrics.names).union(["trading_style", "diversification_score", "breakeven_trades_pct"]))
    }
}

private struct NobodyAsks: QuestionAsker {
    let partitionCount: Int32 = 16
    let health = DatabaseHealth()

    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter) { waiter(Finding(.overloaded)) }
}
