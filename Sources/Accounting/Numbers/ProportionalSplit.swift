/// Shares an amount out in proportion to weights: each share is rounded half-even, the last takes the rest, so that
/// the shares add up to the amount to the last unit (domain.md 11.2, Rounding; I8).
struct ProportionalSplit {
    /// Weight not served yet.
    private(set) var weight: Int128
    /// What is left to share out.
    private(set) var amount: Int128

    /// An amount for parts whose weights add up to `weight`; neither may be negative.
    init(_ amount: Int128, over weight: Int128) {
        self.amount = amount
        self.weight = weight
    }

    /// The share of the next part; the parts' weights must not exceed what is left.
    mutating func take(_ part: Int128) -> Int128 {
        precondition(part >= 0 && part <= weight, "the parts are taken out of what the whole was made of")
        guard part < weight else {
            defer { (weight, amount) = (0, 0) }
            return amount
        }
        let share = Self.share(of: amount, part: part, weight: weight)
        weight -= part
        amount -= share
        return share
    }

    private static func share(of amount: Int128, part: Int128, weight: Int128) -> Int128 {
        if part == 0 || amount == 0 { return 0 }
        guard let share = try? HalfEven.product(amount, part, dividedBy: weight) else {
            preconditionFailure("a part of the weight gets at most the amount, which fits")
        }
        return share
    }
}
