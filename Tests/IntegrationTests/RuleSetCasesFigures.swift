import Accounting
import Events
import Testing

/// Compares the figures of an asset with expectations, by the names of the files.
struct FigureCheck {
    let token: TokenFigures

    init(_ token: TokenFigures) { self.token = token }

    func check(_ name: String, _ figure: CaseFigure, _ context: String) throws {
        let label = "\(context) \(name)"
        if let money = money[name] {
            try expect(money, figure, label)
        } else if let quantity = quantities[name] {
            let found = DecimalNumber(coefficient: quantity, exponent: -Int32(token.decimals))
            #expect(try figure.number == found, "\(label): \(found)")
        } else if let count = counts[name] {
            #expect(try figure.number == DecimalNumber(coefficient: Int128(count), exponent: 0), "\(label): \(count)")
        } else if name == "unrealised" {
            try expectUnrealised(figure, label)
        } else if name == "win_rate" {
            try expectRatio(Int128(token.wins), Int128(token.wins + token.losses), figure, label)
        } else if name == "roi" {
            try expectRatio(token.detail.total.units, token.invested.units, figure, label)
        } else {
            Issue.record("unknown figure \(label)")
        }
    }

    private var money: [String: Money] {
        [
            "cost_held": token.heldCost, "realised_gross": token.realised, "fees": token.detail.fees,
            "realised_net": token.detail.realisedNet, "total": token.detail.total, "proceeds": token.returned,
            "proceeds_without_basis": token.proceedsWithoutBasis,
            "transferred_out_cost": token.detail.transferredOutCost, "cost_acquired_by_swap": token.invested,
            "cost_disposed": token.detail.disposedCost, "cost_disposed_unpriced": token.detail.disposedUnpricedCost,
            "cost_moved_in": token.detail.movedInCost, "cost_moved_out": token.detail.movedOutCost,
        ]
    }

    private var quantities: [String: Int128] {
        [
            "quantity_known": token.heldKnown, "quantity_unknown": token.heldUnknown,
            "missing_quantity": token.missing,
        ]
    }

    private var counts: [String: Int64] {
        [
            "closed_trades": token.trades, "wins": token.wins, "losses": token.losses,
            "unbalanced_swaps": token.detail.unbalancedSwaps, "unpriced_legs": token.unpricedLegs,
            "one_sided": token.oneSided, "unrealised_without_price": token.unrealised == nil ? 1 : 0,
        ]
    }

    private func expectUnrealised(_ figure: CaseFigure, _ label: String) throws {
        guard let number = try figure.number else {
            #expect(token.unrealised == nil, "\(label)")
            return
        }
        let unrealised = try #require(token.unrealised, "\(label)")
        #expect(unrealised.isClose(to: try Money(number)), "\(label): \(unrealised.units)")
    }
}

/// Compares an amount; null and 0 mean exactly nothing.
func expect(_ money: Money, _ figure: CaseFigure, _ label: String) throws {
    let expected = try figure.number.map { try Money($0) } ?? .zero
    #expect(money.isClose(to: expected), "\(label): \(money.units) is not \(expected.units)")
}

/// Compares a ratio in per cent through its parts, which are exact.
func expectRatio(_ part: Int128, _ whole: Int128, _ figure: CaseFigure, _ label: String) throws {
    guard let number = try figure.number else {
        #expect(whole == 0, "\(label)")
        return
    }
    // per cent × whole = part × 100, in amounts small enough for both products.
    let percent = try Money(number).units
    let (high, low) = percent.magnitude.multipliedFullWidth(by: whole.magnitude)
    let quotient = UInt128(100 * Money.unitsPerDollar).dividingFullWidth((high, low)).quotient
    let computed = Money(units: percent < 0 ? -Int128(quotient) : Int128(quotient))
    #expect(computed.isClose(to: Money(units: part), absoluteUnits: 1), "\(label): \(computed.units) is not \(part)")
}
