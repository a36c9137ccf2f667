import Events
import HTTPServer
import Postgres
import ReadModels
import Testing

@testable import QueryAPI

@Suite("Parameters")
struct ParameterTests {
    private func query(_ text: String) throws -> ResultsQuery {
        try ResultsQuery(Parameters(Request(method: .get, target: "/?\(text)").query))
    }

    @Test("Without parameters the newest fifty are asked for")
    func defaults() throws {
        let query = try query("")
        #expect(query == .newest)
        #expect(query.limit == 50)
        #expect(query.sort == .analyzedAt)
        #expect(query.order == .desc)
        #expect(!query.isFiltered)
    }

    @Test("Unknown parameters are ignored and empty ones are absent")
    func leniency() throws {
        #expect(try query("page=7&chain=&min_pnl=") == .newest)
    }

    @Test("Chains are taken under every alias", arguments: ["bsc", "BNB", "binance", "binance-smart-chain", "%20bnb"])
    func aliases(alias: String) throws {
        #expect(try query("chain=\(alias)").chain == .binanceSmartChain)
    }

    @Test(
        "Bounds keep their digits and are scaled to the column's unit; those of whole numbers are whole",
        arguments: [
            ("min_pnl=-0.000000000000000001", 0, PostgresValue.numeric(units: -1, scale: 18)),
            ("max_pnl=1e3", 1, .numeric(units: 1_000, scale: 0)),
            ("min_win_rate=33.33", 2, .int64(333_300)), ("min_win_rate=0.00001", 2, .int64(1)),
            ("max_win_rate=0.00001", 3, .int64(0)), ("min_roi=-0.00001", 8, .int64(0)),
            ("max_roi=-0.00001", 9, .int64(-1)), ("min_hold_time=1.5", 4, .int64(90_000_000)),
            ("max_hold_time=0.00000001", 5, .int64(0)), ("min_roi=100", 8, .int64(1_000_000)),
            ("min_trades=99999999999999999999", 6, .int64(.max)),
            ("max_hold_time=-99999999999999999999", 5, .int64(.min)),
        ])
    func bounds(text: String, index: Int, value: PostgresValue) throws {
        let query = try query(text)
        #expect(query.bounds[index] == value)
        #expect(query.isFiltered)
    }

    @Test("A list has one text for each set of what narrows it, whatever the values are")
    func shapes() throws {
        func name(_ text: String) throws -> String { try ResultsStatement.make(query(text)).statement.name }
        #expect(try name("min_pnl=1") == name("min_pnl=2"))
        let shapes = [
            "", "min_pnl=1", "max_pnl=1", "min_pnl=1&max_pnl=1", "favorites=true", "favorites=false", "archived=true",
            "chain=sol", "chain=sol&min_pnl=1", "sort=pnl", "sort=pnl&order=asc", "offset=1000",
        ]
        #expect(try Set(shapes.map(name)).count == shapes.count)
        let all = ResultsQuery.filters.map { "min_\($0.name)=1&max_\($0.name)=2" }.joined(separator: "&")
        let (statement, values) = try ResultsStatement.make(query("\(all)&chain=bsc&favorites=true&archived=false"))
        #expect(values.count == 3 + 2 * ResultsQuery.filters.count)
        let generation = Generation(number: .max, identity: RenderingTests.generation.identity)
        #expect(statement.statement(for: generation).name.utf8.count < 64)
    }

    @Test(
        "A bad value of a known parameter is refused with parameter, value and bound",
        arguments: [
            ("limit=0", "limit is '0', must be an integer from 1 to 25000"),
            ("limit=25001", "limit is '25001', must be an integer from 1 to 25000"),
            ("limit=ten", "limit is 'ten', must be an integer from 1 to 25000"),
            ("offset=-1", "offset is '-1', must be an integer from 0 to 200000"),
            ("offset=99999999999999999999", "offset is '99999999999999999999', must be an integer from 0 to 200000"),
            ("limit=1&limit=2", "limit is '1,2', must be given once"),
            ("chain=polygon", "chain is 'polygon', must be one of solana, ethereum, base, binance-smart-chain"),
            (
                "sort=wallet;drop",
                "sort is 'wallet;drop', must be one of pnl, realized, trades, roi, composite, "
                    + "win_rate, analyzed_at, hold_time"
            ),
            ("order=up", "order is 'up', must be one of asc, desc"),
            ("min_pnl=NaN", "min_pnl is 'NaN', must be a decimal number of at most 30 digits"),
            ("min_pnl=1e400", "min_pnl is '1e400', must be a decimal number of at most 30 digits"),
            ("max_roi=0x10", "max_roi is '0x10', must be a decimal number of at most 30 digits"),
            ("favorites=maybe", "favorites is 'maybe', must be true or false"),
        ])
    func refusals(text: String, message: String) {
        let error = #expect(throws: APIError.self) { try query(text) }
        #expect(error?.message == message)
        #expect(error?.code == .invalidParameter)
    }

    @Test(
        "Wallet addresses are checked by the chain's own form",
        arguments: [
            ("0x" + String(repeating: "aB", count: 20), nil, [.ethereum, .base, .binanceSmartChain]),
            ("So11111111111111111111111111111111111111112", nil, [.solana]),
            ("0x" + String(repeating: "ab", count: 20), .base, [.base]),
            ("So11111111111111111111111111111111111111112", .base, nil),
            ("0x" + String(repeating: "ab", count: 19), nil, nil), ("0OIl", nil, nil), ("", nil, nil),
            ("1", .solana, nil),
        ] as [(String, Chain?, [Chain]?)])
    func wallets(text: String, chain: Chain?, chains: [Chain]?) {
        #expect((try? WalletReference(text: text, chain: chain))?.chains == chains)
    }

    @Test(
        "Positions are read in both forms and nothing else",
        arguments: [
            ("3:41", [3: 42]), ("v3:41,0:7", [3: 41, 0: 7]), ("v", [:]), ("", nil), ("3", nil), ("3:41,4:1", nil),
            ("-1:1", nil), ("16:1", nil), ("3:-1", nil), ("v3:1,3:2", nil), ("v3:1,", nil),
            ("3:9223372036854775807", nil), ("x3:1", nil),
        ] as [(String, [Int32: Int64]?)])
    func positions(text: String, expected: [Int32: Int64]?) {
        #expect((try? MinimumPosition(text: text, partitionCount: 16))?.nextOffsets == expected)
    }

    @Test("A position is reached when every partition is")
    func reached() throws {
        let minimum = try MinimumPosition(text: "v3:41,0:7", partitionCount: 16)
        #expect(minimum.isReached(by: ProjectedOffsets(column: "0:7,3:41,5:1")))
        #expect(!minimum.isReached(by: ProjectedOffsets(column: "0:7,3:40")))
        #expect(!minimum.isReached(by: ProjectedOffsets(column: nil)))
        #expect(MinimumPosition.none.isReached(by: ProjectedOffsets(column: nil)))
    }
}
