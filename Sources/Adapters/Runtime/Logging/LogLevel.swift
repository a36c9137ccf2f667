/// How much a log line matters; fit for a `choice` setting.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    /// For whoever looks for a fault.
    case debug
    /// What happened, once per happening.
    case info
    /// Something is off, and the process copes.
    case warning
    /// Something failed that somebody must look at.
    case error

    /// By how much it matters.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}
