public import Events

/// A decoded ledger: what its rows say about each wallet, and what was wrong with them (domain.md 12.1).
public struct Ledger: Sendable {
    /// What concerns one wallet, in the file's order.
    public struct Stream: Sendable, Hashable {
        /// The wallet.
        public var wallet: WalletKey
        /// Its transactions.
        public var transactions: [TransactionObserved] = []
        /// The rows that tell of each of them, below the file's header: a ledger of its own.
        public var payloads: [[UInt8]] = []
        /// Its transactions of which a row is bad; empty unless bad rows are skipped.
        public var refused: [TransactionRefused] = []
        /// Prices of assets that it moves.
        public var prices: [PriceObserved] = []
    }

    /// One for each wallet, in the order of their first rows.
    public internal(set) var streams: [Stream] = []
    /// What was skipped, by line; empty unless bad rows are skipped.
    public internal(set) var skipped: [LedgerProblem] = []
    /// What was taken, but should be looked at, by line.
    public internal(set) var remarks: [LedgerProblem] = []
    /// Rows read, the header left out.
    public internal(set) var rowCount = 0
}

/// Something about a row, with its place.
public struct LedgerProblem: Sendable, Hashable, CustomStringConvertible {
    /// Line of the file where the row begins, from 1.
    public var line: Int
    /// Name of the column; nil when the row as a whole is concerned.
    public var column: String?
    /// What it is; names no value of the file.
    public var reason: String

    /// For example `line 3, column quantity: missing`.
    public var description: String {
        column.map { "line \(line), column \($0): \(reason)" } ?? "line \(line): \(reason)"
    }

    init(line: Int, _ reason: String) {
        self.line = line
        column = nil
        self.reason = reason
    }

    init(line: Int, _ column: LedgerColumn?, _ reason: String) {
        self.line = line
        self.column = column?.rawValue
        self.reason = reason
    }
}

/// Why nothing of a ledger is taken: every problem found, by line, at most `maximumProblemCount`.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Problems kept.
    public static let maximumProblemCount = 100

    /// The first problems.
    public let problems: [LedgerProblem]
    /// How many there are.
    public let count: Int

    /// One a line.
    public var description: String {
        let lines = problems.map(\.description).joined(separator: "\n")
        return count > problems.count ? lines + "\nand \(count - problems.count) more" : lines
    }

    init(_ problems: [LedgerProblem]) {
        self.problems = Array(problems.prefix(Self.maximumProblemCount))
        count = problems.count
    }
}
