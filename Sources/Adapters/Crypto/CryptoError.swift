/// Why a cryptographic operation could not be done.
public struct CryptoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; a struct, so that a new code breaks no caller.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// A constant word, fit for a metric's label.
        public let description: String

        /// The random generator has no entropy.
        public static let noEntropy = Code(description: "no_entropy")
    }

    /// What went wrong.
    public let code: Code

    /// Entropy may come later.
    public var isRetriable: Bool { code == .noEntropy }

    /// Safe for a log: constant words.
    public var description: String { "cryptography: \(code)" }

    /// The code's word: a closed set, for a metric's label.
    public var shortDescription: String { code.description }
}
