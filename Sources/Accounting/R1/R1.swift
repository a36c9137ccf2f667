import Events

/// Rule set `r1`: the original as it stood on 2025-10-25, its deterministic defects included (domain.md 2, 11.1).
///
/// `swap_input_*` and `swap_output_*` (B13, B14) are left out: they cannot be recomputed from what was recorded.
public enum R1: RuleSet {
    /// Its name and version.
    public static let identity = RuleSetIdentity(name: "r1", version: 1)

    /// Folds the events that count; pure, and the same for equal sets of events (I3).
    public static func fold(_ history: WalletHistory) throws(FoldError) -> WalletNumbers {
        let stream = R1Stream(history)
        var conversion = R1Conversion(chain: history.wallet.chain, capacity: stream.order.count)
        for index in stream.order { conversion.convert(index, of: history, prices: stream.prices) }

        var numbers = WalletNumbers()
        numbers.completeness = conversion.completeness
        numbers.completeness.refused = stream.refused
        stream.coverage.write(to: &numbers.completeness)
        let matching = R1Matching(conversion, history: history, prices: stream.prices)
        try R1Portfolio.aggregate(matching, chain: history.wallet.chain, into: &numbers)
        return numbers
    }

    /// The original's clock ticks in seconds (2.1); before the epoch it rounds down like after it.
    static func second(ofMicroseconds time: Int64) -> Int64 {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
