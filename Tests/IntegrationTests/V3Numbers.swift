import Accounting
import Events
import Foundation
import ReadModels
import Runtime
import Testing

/// A figure of an answer or of an expectation as a number.
struct V3Number {
    let value: Double

    /// Nil for null and for what is missing.
    init?(_ figure: Any?) {
        if let text = figure as? String {
            guard let number = Double(text) else { return nil }
            value = number
        } else {
            guard let number = figure as? NSNumber else { return nil }
            value = number.doubleValue
        }
    }

    /// The moment at which a test asks, which no answer is beyond.
    static var now: Int64 { WallClock.system.nowMicroseconds() }

    /// An amount in units of 10^-18.
    static func units(_ text: String) throws -> Int128 { try Money(rounding: DecimalNumber(text: text.utf8)).units }

    /// Equal at 1e-9 relative; null means that nobody knows on either side.
    static func expect(_ served: Any?, _ expected: Any?, _ what: String, tolerance: Double = 1e-9) {
        guard let number = V3Number(served), let wanted = V3Number(expected) else {
            #expect((V3Number(served) == nil) == (V3Number(expected) == nil), "\(what)")
            return
        }
        let bound = max(abs(wanted.value) * tolerance, 1e-12)
        #expect(abs(number.value - wanted.value) <= bound, "\(what): \(number.value) instead of \(wanted.value)")
    }

    static func expectPart(_ part: [String: Any], _ figures: [String: Any], _ what: String) {
        let names = [
            "cost_held": "held_cost_usd", "realised_gross": "realized_usd", "fees": "fees_usd",
            "realised_net": "realized_net_usd", "total": "total_usd", "proceeds": "returned_usd",
            "proceeds_without_basis": "proceeds_without_basis_usd",
            "transferred_out_cost": "transferred_out_cost_usd", "cost_acquired_by_swap": "invested_usd",
            "cost_disposed": "disposed_cost_usd", "cost_disposed_unpriced": "disposed_unpriced_cost_usd",
            "closed_trades": "trades", "wins": "wins", "losses": "losses", "unpriced_legs": "unpriced_legs",
            "one_sided": "one_sided", "unrealised_without_price": "unrealized_without_price",
        ]
        for (wanted, served) in names { expect(part[served], figures[wanted], "\(what) \(wanted)") }
    }

    static func expectToken(_ line: [String: Any], _ figures: [String: Any], _ what: String) {
        let names = [
            "realised_gross": "total_realized_pnl_usd", "total": "total_pnl_usd", "proceeds": "total_returned_usd",
            "proceeds_without_basis": "proceeds_without_basis_usd", "cost_acquired_by_swap": "total_invested_usd",
            "missing_quantity": "missing_quantity", "closed_trades": "total_trades", "wins": "winning_trades",
            "losses": "losing_trades", "unpriced_legs": "unpriced_legs", "one_sided": "incomplete_trades_count",
            "quantity_unknown": "remaining_received_quantity",
        ]
        for (wanted, served) in names { expect(line[served], figures[wanted], "\(what) \(wanted)") }
        let detail = line["detail"] as? [String: Any] ?? [:]
        let details = [
            "fees": "fees_usd", "realised_net": "realized_net_usd", "transferred_out_cost": "transferred_out_cost_usd",
            "cost_disposed": "disposed_cost_usd", "cost_disposed_unpriced": "disposed_unpriced_cost_usd",
            "cost_moved_in": "moved_in_cost_usd", "cost_moved_out": "moved_out_cost_usd",
            "unbalanced_swaps": "unbalanced_swaps",
        ]
        for (wanted, served) in details { expect(detail[served], figures[wanted], "\(what) \(wanted)") }
        let isKnown = line["unrealized_is_known"] as? Bool == true
        expect(isKnown ? line["total_unrealized_pnl_usd"] : nil, figures["unrealised"], "\(what) unrealised")
        let position = line["remaining_position"] as? [String: Any]
        expect(position?["bought_quantity"] ?? "0", figures["quantity_known"], "\(what) quantity_known")
        expect(position?["total_cost_basis_usd"] ?? "0", figures["cost_held"], "\(what) cost_held")
    }

    static func expectDisposal(_ disposal: [String: Any], _ sale: [String: Any], _ name: String) throws {
        let what = "\(name) \(sale["transaction"] ?? "") \(sale["kind"] ?? "")"
        let address = try #require(disposal["token_address"] as? String)
        #expect((address.isEmpty ? "native" : address) == sale["asset"] as? String, "\(what)")
        for member in ["transaction", "kind"] {
            #expect(disposal[member] as? String == sale[member] as? String, "\(what)")
        }
        let times = try [disposal, sale].map { try Timestamp.parse(#require($0["time"] as? String)) }
        #expect(times[0] == times[1], "\(what)")
        expect(disposal["quantity"], sale["quantity"], what)
        expect(disposal["cost_usd"], sale["cost"], what)
        let isSend = sale["kind"] as? String == "send"
        let parts = [V3Number(disposal["proceeds_usd"]), V3Number(disposal["proceeds_without_basis_usd"])]
        let proceeds = parts.contains { $0 == nil } ? nil : parts.reduce(0) { $0 + ($1?.value ?? 0) }
        let worth: Any? = isSend ? disposal["market_value_usd"] : proceeds.map { "\($0)" }
        expect(worth, sale["proceeds"], what)
        if V3Number(sale["realised"]) != nil { expect(disposal["realized_usd"], sale["realised"], what) }
        let lots = try #require(disposal["lots"] as? [[String: Any]])
        let missing = lots.filter { $0["basis"] as? String == "missing" }
        expect(missing.first?["quantity"] ?? "0", sale["missing"], what)
        let matched = lots.filter { $0["basis"] as? String != "missing" }
        let wanted = try #require(sale["lots"] as? [[String: Any]])
        #expect(matched.count == wanted.count, "\(what)")
        for (lot, row) in zip(matched, wanted) {
            #expect(lot["acquisition"] as? String == row["transaction"] as? String, "\(what)")
            expect(lot["quantity"], row["quantity"], what)
            expect(lot["cost_usd"], row["cost"], what)
        }
    }
}

/// What the projector would store of numbers that a test folded.
enum WalletBodyText {
    static func portfolio(of numbers: WalletNumbers, wallet: WalletKey) -> [UInt8] {
        WalletBody.render(numbers, wallet: wallet)
    }
}
