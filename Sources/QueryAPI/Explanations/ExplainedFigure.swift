import Accounting
import Events

/// The figures that can be explained, by the names under which they are served.
enum ExplainedFigure: String, Sendable, CaseIterable {
    case realized
    case unrealized
    case total
    case realizedNet = "realized_net"
    case invested
    case returned
    case fees
    case heldCost = "held_cost"
    case heldQuantity = "held_quantity"
    case missingQuantity = "missing_quantity"
    case proceedsWithoutBasis = "proceeds_without_basis"
    case disposedCost = "disposed_cost"
    case disposedUnpricedCost = "disposed_unpriced_cost"
    case receivedCost = "received_cost"
    case transferredOutCost = "transferred_out_cost"
    case transferredOutValue = "transferred_out_value"
    case movedInCost = "moved_in_cost"
    case movedOutCost = "moved_out_cost"

    /// Whether it counts base units and not USD.
    var isQuantity: Bool { self == .heldQuantity || self == .missingQuantity }

    /// Whether rule set `r1` has it.
    var isOfR1: Bool {
        switch self {
        case .realized, .unrealized, .total, .invested, .returned, .heldCost, .heldQuantity, .missingQuantity,
            .proceedsWithoutBasis:
            true
        default: false
        }
    }

    /// Whether a group of assets has it; quantities of different assets do not add up.
    var isOfParts: Bool {
        switch self {
        case .heldQuantity, .missingQuantity, .receivedCost, .movedInCost, .movedOutCost: false
        default: true
        }
    }

    /// What an asset's figures say; nil where nobody knows.
    func value(of token: TokenFigures) -> Int128? {
        switch self {
        case .realized: token.realised.units
        case .unrealized: token.unrealised?.units
        case .total: Self.total(of: token)
        case .realizedNet: token.detail.realisedNet.units
        case .invested: token.invested.units
        case .returned: token.returned.units
        case .fees: token.detail.fees.units
        case .heldCost: token.heldCost.units
        case .heldQuantity: token.heldKnown
        case .missingQuantity: token.missing
        case .proceedsWithoutBasis: token.proceedsWithoutBasis.units
        case .disposedCost: token.detail.disposedCost.units
        case .disposedUnpricedCost: token.detail.disposedUnpricedCost.units
        case .receivedCost: token.detail.receivedCost.units
        case .transferredOutCost: token.detail.transferredOutCost.units
        case .transferredOutValue: token.detail.transferredOutValue.units
        case .movedInCost: token.detail.movedInCost.units
        case .movedOutCost: token.detail.movedOutCost.units
        }
    }

    /// What a group of assets came to; nil for a figure that groups do not have.
    func value(of part: PartFigures) -> Int128? {
        switch self {
        case .realized: part.realised.units
        case .unrealized: part.unrealised.units
        case .total: part.total.units
        case .realizedNet: part.realisedNet.units
        case .invested: part.invested.units
        case .returned: part.returned.units
        case .fees: part.fees.units
        case .heldCost: part.heldCost.units
        case .proceedsWithoutBasis: part.proceedsWithoutBasis.units
        case .disposedCost: part.disposedCost.units
        case .disposedUnpricedCost: part.disposedUnpricedCost.units
        case .transferredOutCost: part.transferredOutCost.units
        case .transferredOutValue: part.transferredOutValue.units
        case .heldQuantity, .missingQuantity, .receivedCost, .movedInCost, .movedOutCost: nil
        }
    }

    /// The sum of the known, as it is served; nil when it leaves 128 bits.
    private static func total(of token: TokenFigures) -> Int128? {
        (try? token.realised.adding(token.unrealised ?? .zero))?.units
    }
}

/// A group of assets whose figures add up.
enum PortfolioPart: String, Sendable, CaseIterable {
    case tokens
    case quote
    case whole
}

extension PortfolioPart {
    /// Whether an asset is in it.
    func contains(_ token: TokenFigures, by rules: FoldingRules) -> Bool {
        guard rules == .r2 else { return !token.isExcluded }
        if token.detail.isSpam { return false }
        switch self {
        case .tokens: return !token.detail.isQuote
        case .quote: return token.detail.isQuote
        case .whole: return true
        }
    }

    /// Its figures; of `r1`, which has one group only, those of the portfolio.
    func figures(of numbers: WalletNumbers, by rules: FoldingRules) -> PartFigures {
        let parts = numbers.portfolio.parts
        guard rules == .r1 else { return self == .tokens ? parts.tokens : self == .quote ? parts.quote : parts.whole }
        var figures = PartFigures()
        figures.realised = numbers.portfolio.realised
        figures.unrealised = numbers.portfolio.unrealised
        figures.total = numbers.portfolio.total
        figures.invested = numbers.portfolio.invested
        figures.returned = numbers.portfolio.returned
        figures.heldCost = numbers.portfolio.heldCost
        figures.proceedsWithoutBasis = numbers.completeness.proceedsWithoutBasis
        return figures
    }
}
