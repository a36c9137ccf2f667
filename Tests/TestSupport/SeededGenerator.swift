import Foundation

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same seed gives the same numbers, so a failure can be repeated.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// Where the sequence began; a test puts it into what it says when it fails.
    public let seed: UInt64
    private var state: UInt64

    /// Begins at `seed`.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// Begins at `SEED` of the environment or else anywhere, and prints which, under the name of what is tested.
    public init(for purpose: String) {
        let given = ProcessInfo.processInfo.environment["SEED"].map { text in
            guard let seed = UInt64(text) else { preconditionFailure("SEED is not a number: \(text)") }
            return seed
        }
        self.init(seed: given ?? UInt64.random(in: 0...UInt64(UInt32.max)))
        print("\(purpose): SEED=\(seed)")
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
