import Accounting
import Events
import JSON
import ReadModels
import Testing

@testable import QueryAPI

@Suite("Rendering")
struct RenderingTests {
    static let generation = Generation(
        number: 7, identity: GenerationIdentity(ruleSet: RuleSetIdentity(name: "r1", version: 1)))
    static let wallet = WalletKey(
        chain: .base, address: Address(bytes: [UInt8](repeating: 0xab, count: 20)) ?? .empty)

    static func figures(total: Int128 = 1, trades: Int64 = 3) -> WalletFigures {
        WalletFigures(
            wallet: wallet, total: total, realised: -total, unrealised: 0, invested: 0, returned: 0, trades: trades,
            wins: 1, losses: 2, winRateMillionths: 333_333, profitRatioMillionths: 1_234_500,
            averageHoldMicroseconds: 90_000_001, uniqueTokens: 2, activeDays: 1, oneSided: 4, transactions: 9,
            refused: 5, analysedAt: 0, timeframe: "30d", transactionLimit: nil, isLimitHit: true, isDegraded: true,
            partition: 3, lastOffset: 41, writtenAt: 1_000_000, isFavorited: true, isArchived: false)
    }

    private func render(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("A row of a list keeps every digit and says what is missing")
    func resultRow() {
        let row = render(Self.figures(total: 123_456_789_012_345_678_901).appendResultRow)
        #expect(
            row == """
                {"wallet_address":"0xabababababababababababababababababababab","chain":"base",\
                "token_address":"portfolio","token_symbol":"PORTFOLIO","total_pnl_usd":123.456789012345678901,\
                "realized_pnl_usd":-123.456789012345678901,"unrealized_pnl_usd":0,"roi_percentage":123.45,\
                "total_trades":3,"win_rate":33.3333,"avg_hold_time_minutes":1.5,"unique_tokens_count":2,\
                "active_days_count":1,"analyzed_at":null,"is_favorited":true,"is_archived":false,\
                "incomplete_trades_count":4,"refused_transactions":5,"is_degraded":true,\
                "timeframe_requested":"30d","transaction_limit_requested":null,"transactions_fetched":9,\
                "was_transaction_limit_hit":true}
                """)
    }

    @Test("The envelope names generation, rule set, position and completeness")
    func envelope() {
        let figures = Self.figures()
        let body = figures.envelope(in: Self.generation).render(completeness: { $0.null() }, data: { $0.bool(true) })
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"data":true,"timestamp":"1970-01-01T00:00:01.000000Z","generation":7,"rule_set":"r1.1",\
                "position":"3:41","completeness":null}
                """)
        #expect(figures.entityTag(in: Self.generation) == "g7-r1.1-1-3-41-1000000-2-degraded")
    }

    @Test("An error carries the old prefix, its code and the time")
    func error() {
        let body = Envelope.render(.invalid("limit", "\"\u{0}", mustBe: "a number"), timestamp: 0)
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"error":"Validation error: limit is '\\"\\u0000', must be a number","code":"invalid_parameter",\
                "timestamp":"1970-01-01T00:00:00.000000Z"}
                """)
    }

    @Test("Long values are cut in messages")
    func longValue() {
        let error = APIError.invalid("limit", String(repeating: "9", count: 5_000), mustBe: "a number")
        #expect(error.message.count < 200)
    }

    @Test("The page escapes what could be markup")
    func escaping() {
        #expect(WalletPage.escaped("<a href='x'>&\"é") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;é")
        let page = String(
            decoding: WalletPage.render([Self.figures()], total: 9, generation: Self.generation), as: UTF8.self)
        #expect(page.contains("/api/v2/wallets/0xabababababababababababababababababababab/trades?chain=base"))
        #expect(page.contains("1 of 9"))
        #expect(page.contains("(degraded)"))
    }

    @Test(
        "A trading style follows from the holding time",
        arguments: [
            (3_599_999_999, "{\"Scalper\":{\"avg_hold_minutes\":\"59.9999999833333333333333333333\"}}"),
            (3_600_000_000, "{\"SwingTrader\":{\"avg_hold_hours\":\"1\"}}"),
            (129_600_000_000, "{\"LongTerm\":{\"avg_hold_days\":\"1.5\"}}"),
        ] as [(Int64, String)])
    func tradingStyle(hold: Int64, expected: String) {
        var figures = Self.figures()
        figures.averageHoldMicroseconds = hold
        #expect(render(figures.appendTradingStyle) == expected)
        figures.trades = 0
        #expect(render(figures.appendTradingStyle) == "null")
    }

    @Test("Sums over everything, and a rate of nothing is 0")
    func overview() throws {
        var overview = ResultsOverview(
            matching: 200_001, wallets: 3, profitable: 2, totalPnl: "575", averagePnl: nil, realisedPnl: "1",
            unrealisedPnl: "2", trades: 6, wins: 3, losses: 1, oneSided: 0, refused: 0, degraded: 0, movedAt: nil)
        let summary = render { json in
            json.beginObject()
            overview.appendSummary(to: &json)
            json.endObject()
        }
        #expect(summary.contains("\"average_pnl_usd\":null"))
        #expect(summary.contains("\"profitability_rate\":66.666666"))
        #expect(summary.contains("\"last_updated\":null"))
        #expect(ResultsOverview.percentage(0, of: 0) == 0)
        var query = ResultsQuery.newest
        query.favorites = true
        #expect(pagination(overview, query).contains("\"total_count\":200000,\"total_count_is_lower_bound\":true"))
        overview.matching = 51
        #expect(pagination(overview, query).contains("\"has_more\":true"))
        query.offset = 1
        #expect(pagination(overview, query).contains("\"has_more\":false"))
    }

    private func pagination(_ overview: ResultsOverview, _ query: ResultsQuery) -> String {
        render { json in
            json.beginObject()
            overview.appendPagination(of: query, to: &json)
            json.endObject()
        }
    }

    @Test("A stored line is cut before the lists that are left empty in it")
    func emptyLists() throws {
        let line =
            "{\"token_symbol\":\",\\\"trades\\\":[]\",\"missing\":\"1\",\"trades\":[],\"trades_total\":7,\"more\":[]}"
        let object = try #require(StoredObject(Array(line.utf8)))
        let head = String(decoding: object.open(beforeEmptyList: "trades"), as: UTF8.self)
        #expect(head == "{\"token_symbol\":\",\\\"trades\\\":[]\",\"missing\":\"1\"")
    }

    @Test(
        "Decimals of a stored object are read with and without quotes, as its first member and as its last",
        arguments: [("a", "-1.5"), ("b", "12"), ("c", nil), ("d", "0"), ("e", nil), ("f", "3")] as [(String, String?)])
    func decimals(name: String, value: String?) throws {
        let object = try #require(
            StoredObject(Array("{\"a\":\"-1.5\",\"b\":12,\"c\":null,\"d\":\"0\",\"e\":\"\",\"f\":3}".utf8)))
        #expect(object.lastDecimal(named: name) == value)
    }

    @Test("Stored objects are opened at their own marks and not at what a text imitates")
    func storedObject() throws {
        let text = """
            {"token_results":[{"token_symbol":"],\\"token_results_total\\":9"}],"token_results_total":1,\
            "events_processed":12,"completeness":{"refused":1}}
            """
        let object = try #require(StoredObject(Array(text.utf8)))
        let (head, tail) = try #require(object.around(list: "token_results", followedBy: "token_results_total"))
        #expect(String(decoding: head, as: UTF8.self) == "{\"token_results\":[")
        #expect(String(decoding: tail, as: UTF8.self).hasPrefix("],\"token_results_total\":1,"))
        #expect(object.lastInteger(named: "events_processed").map { String(decoding: $0, as: UTF8.self) } == "12")
        #expect(
            object.lastObject(named: "completeness").map { String(decoding: $0, as: UTF8.self) } == "{\"refused\":1}")
        #expect(object.lastObject(named: "absent") == nil)
        #expect(String(decoding: object.open(beforeEmptyList: "absent"), as: UTF8.self) + "}" == text)
        #expect(StoredObject(Array("[]".utf8)) == nil)
        #expect(StoredObject([]) == nil)
    }
}
