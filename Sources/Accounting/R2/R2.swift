/// Rule set `r2`: exact rules, the default (domain.md 11.2).
public enum R2: RuleSet {
    /// Its name and version.
    public static let identity = RuleSetIdentity(name: "r2", version: 1)

    /// Folds the events that count, first in first out; pure, and the same for equal sets of events (I3).
    public static func fold(_ history: WalletHistory) throws(FoldError) -> WalletNumbers {
        try fold(history, method: .fifo)
    }

    /// Folds with another method of using up lots.
    public static func fold(
        _ history: WalletHistory, method: CostBasisMethod
    ) throws(FoldError) -> WalletNumbers {
        let stream = R2Stream(history)
        let state = R2State(assets: stream.context.assets, method: method)
        var fold = R2Fold(context: stream.context, state: state)
        fold.reserveCapacity(transactions: stream.order.count)
        fold.apply(history.transactions, in: stream.order)
        return R2Outcome.numbers(of: fold, in: stream)
    }
}
