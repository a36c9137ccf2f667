import Accounting
import Events
import ReadModels
import Testing

@testable import QueryAPI

@Suite("Lists of trades")
struct TradeListTests {
    private let token = TradedToken(wallet: RenderingTests.wallet, asset: .empty, symbol: "ETH", decimals: 18)

    private func disposal(
        at time: Int64, realised: Int128, basis: LotMatch.Basis = .known, kind: Disposal.Kind = .swap,
        isPriced: Bool = true
    ) -> Disposal {
        var disposal = Disposal(asset: .empty, time: time, transaction: Array("s\(time)".utf8), quantity: 1)
        (disposal.kind, disposal.isPriced) = (kind, isPriced)
        disposal.matches = [
            LotMatch(
                basis: basis, acquiredAt: 0, acquisition: [], quantity: 1, cost: .zero, proceeds: .zero,
                realised: Money(units: realised), holdSeconds: 0)
        ]
        return disposal
    }

    @Test("The newest thousand are listed and all are counted")
    func newest() throws {
        var list = TradeList()
        for start in stride(from: 0, to: 1_280, by: 256) {
            let chunk = (start..<start + 256).map { disposal(at: Int64($0), realised: 1) }
            try list.add(DisposalChunk.pack(chunk), of: token)
        }
        list.finish()
        #expect(list.matchedCount == 1_280)
        #expect(list.matched.count == 1_000)
        #expect(list.matched.first?.soldAt == 1_279)
        #expect(list.matched.last?.soldAt == 280)
        #expect(list.isMatchedTruncated)
        #expect(!list.isUnmatchedTruncated)
    }

    @Test("Only swaps are trades, and only priced ones are matched; what has no basis is listed either way, marked")
    func kinds() throws {
        var chunk: [Disposal] = []
        for kind in [Disposal.Kind.swap, .fee, .send] {
            for isPriced in [true, false] {
                for basis in [LotMatch.Basis.known, .unknown, .missing] {
                    let time = Int64(chunk.count)
                    chunk.append(disposal(at: time, realised: 1, basis: basis, kind: kind, isPriced: isPriced))
                }
            }
        }
        var list = TradeList()
        try list.add(DisposalChunk.pack(chunk), of: token)
        list.finish()
        #expect(list.matched.map(\.soldAt) == [0])
        // As `receiptConsumptions` counts them: parts of swaps without a known basis, priced or not.
        #expect(list.unmatched.map(\.soldAt) == [5, 4, 2, 1])
        #expect(list.unmatched.map(\.isPriced) == [false, false, true, true])
        let text = String(decoding: list.members(), as: UTF8.self)
        #expect(text.contains("\"matched_trades_total\":1,\"matched_trades_truncated\":false"))
        #expect(text.contains("\"proceeds_without_basis_usd\":null,\"is_priced\":false"))
        #expect(text.contains("\"usd_price_per_token\":null,\"usd_value\":null"))
    }

    @Test("Sends use up none of the thousand places")
    func places() throws {
        var list = TradeList()
        for start in stride(from: 0, to: 2_048, by: 256) {
            let chunk = (start..<start + 256).map {
                disposal(at: Int64($0), realised: 1, kind: $0.isMultiple(of: 2) ? .swap : .send)
            }
            try list.add(DisposalChunk.pack(chunk), of: token)
        }
        list.finish()
        #expect(list.matchedCount == 1_024)
        #expect(list.matched.allSatisfy { $0.soldAt.isMultiple(of: 2) })
        #expect(list.matched.count == 1_000)
    }

    @Test("A list that is not all that was read takes the total from the token's line")
    func storedTotal() throws {
        var list = TradeList()
        try list.add(DisposalChunk.pack([disposal(at: 1, realised: 1)]), of: token)
        (list.isComplete, list.storedMatchedTotal) = (false, 5_000)
        list.finish()
        #expect(list.matchedTotal == 5_000)
        #expect(list.isMatchedTruncated)
    }

    @Test("What was not read may be as new as the horizon, so older trades are left out")
    func horizon() throws {
        var list = TradeList()
        let chunk = [1, 5, 9].map { disposal(at: $0, realised: 1, basis: .missing) }
        try list.add(DisposalChunk.pack(chunk), of: token, since: 5)
        list.isComplete = false
        list.finish()
        #expect(list.unmatched.map(\.soldAt) == [9, 5])
        #expect(list.isUnmatchedTruncated)
        #expect(String(decoding: list.members(), as: UTF8.self).contains("\"matched_trades_total\":null"))
    }

    @Test("Outcomes add up on either side, and nothing is made of an overflow")
    func outcomes() throws {
        var list = TradeList()
        let chunk = [3, -2, 0, 4, -1].map { disposal(at: 0, realised: $0) }
        try list.add(DisposalChunk.pack(chunk), of: token)
        list.finish()
        let outcomes = try #require(TradeOutcomes(list.matched))
        #expect(outcomes.gains.units == 7)
        #expect(outcomes.losses.units == -3)
        #expect(outcomes.largestWin?.units == 4)
        #expect(outcomes.largestLoss?.units == -2)
        var wide = TradeList()
        try wide.add(DisposalChunk.pack([.max, 1].map { disposal(at: 0, realised: $0) }), of: token)
        #expect(TradeOutcomes(wide.matched) == nil)
    }

    @Test("A damaged row is an error, not a short list")
    func damage() throws {
        let packed = DisposalChunk.pack([disposal(at: 1, realised: 1)])
        var list = TradeList()
        #expect(throws: PackedError.self) { try list.add(Array(packed.dropLast()), of: token) }
    }
}
