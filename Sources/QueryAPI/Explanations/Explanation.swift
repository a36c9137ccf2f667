import Accounting
import Events

/// A figure and the parts whose sum it is (I11).
struct Explanation: Sendable {
    /// What a part is: where one goes on from here.
    enum Origin: Sendable {
        /// The same figure of one asset, which is explained in its turn.
        case token(TokenFigures)
        /// Another figure of the same asset or group.
        case figure(ExplainedFigure)
        /// A disposal with its lots.
        case disposal(Disposal)
        /// What is left of an acquisition.
        case lot(OpenLot)
        /// A transaction as a whole.
        case transaction([UInt8], time: Int64)
    }

    /// An amount, 10^-18 USD or base units, and where it comes from.
    struct Part: Sendable {
        let amount: Int128
        let origin: Origin
    }

    let figure: ExplainedFigure
    /// What is served; nil where nobody knows.
    let value: Int128?
    let parts: [Part]

    /// The sum of the parts; nil when it leaves 128 bits.
    var sum: Int128? {
        var sum: Int128 = 0
        for part in parts {
            let (next, overflowed) = sum.addingReportingOverflow(part.amount)
            guard !overflowed else { return nil }
            sum = next
        }
        return sum
    }

    /// Whether the parts add up to the figure, to the last unit.
    var addsUp: Bool { value == nil ? parts.isEmpty : sum == value }
}

/// Explains the figures of a wallet that was folded: pure, nothing is read.
struct Explainer: Sendable {
    let numbers: WalletNumbers
    let history: WalletHistory
    let rules: FoldingRules
    let method: CostBasisMethod

    /// A figure of a group of assets: the same figure of each asset that has any of it.
    func explain(_ figure: ExplainedFigure, of part: PortfolioPart) -> Explanation {
        let parts = numbers.tokens.filter { part.contains($0, by: rules) }.compactMap { token in
            figure.value(of: token).flatMap { amount in
                amount == 0 ? nil : Explanation.Part(amount: amount, origin: .token(token))
            }
        }
        return Explanation(
            figure: figure, value: figure.value(of: part.figures(of: numbers, by: rules)), parts: parts)
    }

    /// A figure of one asset.
    func explain(_ figure: ExplainedFigure, of token: TokenFigures) -> Explanation {
        let value = figure.value(of: token)
        guard value != nil else { return Explanation(figure: figure, value: nil, parts: []) }
        return Explanation(figure: figure, value: value, parts: parts(of: figure, of: token).filter { $0.amount != 0 })
    }

    private func parts(of figure: ExplainedFigure, of token: TokenFigures) -> [Explanation.Part] {
        switch figure {
        case .total: return [part(of: .realized, of: token, 1), part(of: .unrealized, of: token, 1)]
        case .realizedNet: return [part(of: .realized, of: token, 1), part(of: .fees, of: token, -1)]
        case .realized: return disposals(of: token) { $0.realised.units }
        case .returned: return disposals(of: token) { $0.proceeds.units }
        case .disposedCost: return disposals(of: token) { $0.isPriced && $0.kind != .send ? $0.cost.units : 0 }
        case .disposedUnpricedCost: return disposals(of: token) { $0.isPriced || $0.kind == .send ? 0 : $0.cost.units }
        case .proceedsWithoutBasis: return disposals(of: token) { $0.unbasedProceeds }
        case .transferredOutCost: return disposals(of: token) { $0.kind == .send ? $0.cost.units : 0 }
        case .transferredOutValue: return disposals(of: token) { $0.marketValue?.units ?? 0 }
        case .heldCost: return lots(of: token) { $0.cost.units }
        case .heldQuantity: return lots(of: token) { $0.quantity }
        case .unrealized: return unrealised(of: token)
        case .invested: return transactions(of: token) { $0.invested.units }
        case .fees: return transactions(of: token) { $0.fees.units }
        case .receivedCost: return transactions(of: token) { $0.receivedCost.units }
        case .movedInCost: return transactions(of: token) { $0.movedInCost.units }
        case .movedOutCost: return transactions(of: token) { $0.movedOutCost.units }
        case .missingQuantity: return transactions(of: token) { $0.missing }
        }
    }

    private func part(of figure: ExplainedFigure, of token: TokenFigures, _ sign: Int128) -> Explanation.Part {
        Explanation.Part(amount: sign * (figure.value(of: token) ?? 0), origin: .figure(figure))
    }

    private func disposals(of token: TokenFigures, _ amount: (Disposal) -> Int128) -> [Explanation.Part] {
        numbers.disposals.lazy.filter { $0.asset == token.asset }.map {
            Explanation.Part(amount: amount($0), origin: .disposal($0))
        }
    }

    private func lots(of token: TokenFigures, _ amount: (OpenLot) -> Int128) -> [Explanation.Part] {
        (numbers.openLots[token.asset] ?? []).filter(\.hasKnownBasis).map {
            Explanation.Part(amount: amount($0), origin: .lot($0))
        }
    }

    private func transactions(
        of token: TokenFigures, _ amount: (AssetContribution) -> Int128
    ) -> [Explanation.Part] {
        rules.contributions(to: token.asset, in: history, method: method).map {
            Explanation.Part(amount: amount($0), origin: .transaction($0.transaction, time: $0.time))
        }
    }

    /// Each lot's share by quantity of what all of it is worth, minus its cost; the last takes the rest, as always
    /// (domain.md 11.2, Rounding).
    private func unrealised(of token: TokenFigures) -> [Explanation.Part] {
        guard let gain = token.unrealised, gain != .zero else { return [] }
        var rest = gain.units + token.heldCost.units
        var quantity = token.heldKnown
        return lots(of: token) { lot in
            let worth = lot.quantity == quantity ? rest : Self.share(of: rest, lot.quantity, quantity)
            rest -= worth
            quantity -= lot.quantity
            return worth - lot.cost.units
        }
    }

    private static func share(of amount: Int128, _ part: Int128, _ whole: Int128) -> Int128 {
        let (high, low) = amount.magnitude.multipliedFullWidth(by: part.magnitude)
        guard whole > 0, high < whole.magnitude else { return 0 }
        let share = Int128(truncatingIfNeeded: whole.magnitude.dividingFullWidth((high, low)).quotient)
        return amount < 0 ? -share : share
    }
}

extension Disposal {
    /// Proceeds of what had no known basis; `r1` says it in the matches only.
    fileprivate var unbasedProceeds: Int128 {
        matches.reduce(0) { $0 + ($1.basis == .known ? 0 : $1.proceeds.units) }
    }
}
