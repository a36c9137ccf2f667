import Foundation

/// How often a test that kills servers does so.
public enum DisturbanceCount {
    /// Whether `scripts/test --full` runs.
    public static let runsAll = ProcessInfo.processInfo.environment["DISTURBANCES"] == "full"

    /// `full` times when all are run, else a tenth of it, and at least once.
    public static func of(_ full: Int, runsAll: Bool = runsAll) -> Int { runsAll ? full : max(1, full / 10) }
}
