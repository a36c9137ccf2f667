import Foundation

/// How often a test that kills servers does so.
public enum DisturbanceCount {
    /// `full` times under `scripts/test --full`, else a tenth of it, and at least once.
    public static func of(_ full: Int) -> Int {
        ProcessInfo.processInfo.environment["DISTURBANCES"] == "full" ? full : max(1, full / 10)
    }
}
