import Accounting
import Events

/// What one batch makes of one wallet.
struct FoldedWallet: Sendable {
    /// What the batch added.
    var touched: TouchedWallet
    /// What may be served now.
    let outcome: Outcome
    /// Events that count since this batch, for what `base` keeps of them: a telling that changed nothing is not among
    /// them, and of a wallet that leaves parking it is all of them.
    var effects: [RecordedEvent] = []

    /// The result of a fold. A wallet with poison shows what was good before it, marked as degraded (I6).
    enum Outcome: Sendable {
        /// New numbers.
        case numbers(WalletNumbers, poison: Poison? = nil)
        /// Nothing to serve yet: neither a transaction nor coverage is in the stream.
        case empty(poison: Poison? = nil)
        /// The fold failed as a whole: the wallet keeps its last good numbers.
        case unfoldable(Poison)
    }

    /// Why the wallet is parked; nil when it is not.
    var poison: Poison? {
        switch outcome {
        case .numbers(_, let poison), .empty(let poison): poison
        case .unfoldable(let poison): poison
        }
    }

    /// Whether its rows are replaced.
    var isRefolded: Bool {
        if case .unfoldable = outcome { false } else { true }
    }
}
