import Accounting
import Events

/// What one batch makes of one wallet.
struct FoldedWallet: Sendable {
    /// What the batch added.
    let touched: TouchedWallet
    /// What may be served now.
    let outcome: Outcome

    /// The result of a fold.
    enum Outcome: Sendable {
        /// New numbers.
        case numbers(WalletNumbers)
        /// Nothing to serve yet: neither a transaction nor coverage is in the stream.
        case empty
        /// The wallet keeps its last good numbers (I6).
        case parked(Poison)
    }
}
