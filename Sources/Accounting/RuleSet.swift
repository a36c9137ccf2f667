/// A named, versioned, pure function from the set of a wallet's events to its numbers (domain.md 11).
public protocol RuleSet: Sendable {
    /// What a generation folded with it is called; a change of any number needs a new one (I7).
    static var identity: RuleSetIdentity { get }
    /// Folds the events that count. No clock, no I/O; equal sets give equal numbers whatever the order (I3).
    ///
    /// Throws only when the wallet as a whole cannot be folded, which parks it (I6).
    static func fold(_ history: WalletHistory) throws(FoldError) -> WalletNumbers
}

/// Name and version of a rule set.
public struct RuleSetIdentity: Sendable, Hashable, CustomStringConvertible {
    /// For example `r1`.
    public var name: String
    /// Raised with every change of a number.
    public var version: Int32

    /// Names a rule set.
    public init(name: String, version: Int32) {
        self.name = name
        self.version = version
    }

    /// For example `r1.1`.
    public var description: String { "\(name).\(version)" }
}

/// Why a wallet cannot be folded.
public struct FoldError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong: a closed set, fit for metric labels.
    public enum Code: String, Sendable, Hashable {
        case overflow
        case invariant
    }

    /// What went wrong.
    public let code: Code
    /// Safe for a log line.
    public let description: String

    /// An error of a fold.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
