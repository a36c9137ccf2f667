/// Random numbers that a seed brings back (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of `choices`, which must not be empty.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[Int(next() % UInt64(choices.count))] }

    /// True once in `number` times.
    mutating func once(in number: UInt64) -> Bool { next() % number == 0 }

    /// A number of any length up to 127 bits, of either sign when `isSigned`.
    mutating func number(isSigned: Bool = true) -> Int128 {
        let bits = UInt128(next()) << 64 | UInt128(next())
        let magnitude = Int128(truncatingIfNeeded: (bits >> 1) >> UInt128(next() % 127))
        return isSigned && next() & 1 == 0 ? -magnitude : magnitude
    }
}
