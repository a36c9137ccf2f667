/// How far a wallet's history is known from a source, and why fetching stopped there (I9).
public struct CoverageRecorded: Sendable, Hashable {
    /// Why fetching stopped.
    public enum StopReason: UInt32, Sendable, Hashable {
        case beginning = 1
        case limit = 2
        case window = 3
        case providerError = 4
        case endOfFile = 5

        /// The word served to users.
        public var name: String {
            switch self {
            case .beginning: "beginning"
            case .limit: "limit"
            case .window: "window"
            case .providerError: "provider_error"
            case .endOfFile: "end_of_file"
            }
        }
    }

    /// Who was asked.
    public var source: String
    /// Oldest covered time, microseconds since the epoch.
    public var from: Int64
    /// Newest covered time, microseconds since the epoch.
    public var to: Int64
    /// Whether nothing older exists.
    public var reachedBeginning: Bool
    /// Why it stopped at `from`.
    public var stopReason: StopReason
    /// Transactions seen in the range.
    public var count: UInt64
    /// The time range as requested; nil when none was.
    public var timeframe: String?
    /// Most transactions requested; nil when unlimited.
    public var limit: UInt64?

    /// Records coverage.
    public init(
        source: String, from: Int64, to: Int64, reachedBeginning: Bool, stopReason: StopReason, count: UInt64,
        timeframe: String? = nil, limit: UInt64? = nil
    ) {
        self.source = source
        self.from = from
        self.to = to
        self.reachedBeginning = reachedBeginning
        self.stopReason = stopReason
        self.count = count
        self.timeframe = timeframe
        self.limit = limit
    }
}
