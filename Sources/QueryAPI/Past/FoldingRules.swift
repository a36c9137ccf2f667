import Accounting
import Events
import ReadModels

/// The rule sets with which this build can fold: a question is answered by that of the generation that is live.
enum FoldingRules: Sendable, Hashable {
    case r1
    case r2

    /// The rules of a generation; throws when this build does not know them.
    init(_ generation: Generation) throws(APIError) {
        switch generation.identity.ruleSet {
        case R1.identity: self = .r1
        case R2.identity: self = .r2
        default:
            throw APIError(
                .generationUnsupported, "this build cannot fold by rule set \(generation.identity.ruleSet)")
        }
    }

    /// Folds a history; throws for a method that the rule set does not have, and when the wallet cannot be folded.
    func fold(_ history: WalletHistory, method: CostBasisMethod) throws(APIError) -> WalletNumbers {
        guard self == .r2 || method == .fifo else {
            throw .invalid("method", method.rawValue, mustBe: "fifo, the only method of rule set r1")
        }
        do throws(FoldError) {
            return self == .r1 ? try R1.fold(history) : try R2.fold(history, method: method)
        } catch {
            throw APIError(.unfoldable, "the wallet cannot be folded: \(error.code.rawValue)")
        }
    }

    /// What each transaction adds to an asset's figures.
    func contributions(
        to asset: Address, in history: WalletHistory, method: CostBasisMethod
    ) -> [AssetContribution] {
        switch self {
        case .r1: R1.contributions(to: asset, in: history)
        case .r2: R2.contributions(to: asset, in: history, method: method)
        }
    }
}
