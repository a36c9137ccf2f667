import Events

/// Everything that was recorded about how far a history is known, taken together (I9).
struct CoverageUnion {
    private var oldest: CoverageRecorded?
    private var newest: CoverageRecorded?
    private var reachedBeginning = false

    /// Takes another coverage in; the order of calls does not matter.
    mutating func add(_ coverage: CoverageRecorded) {
        if oldest.map({ Self.isOlder(coverage, $0) }) ?? true { oldest = coverage }
        if newest.map({ Self.isNewer(coverage, $0) }) ?? true { newest = coverage }
        reachedBeginning = reachedBeginning || coverage.reachedBeginning
    }

    /// Fills in what is known about coverage.
    func write(to completeness: inout Completeness) {
        completeness.coveredFrom = oldest?.from
        completeness.coveredTo = newest?.to
        completeness.reachedBeginning = reachedBeginning
        completeness.stopReason = oldest?.stopReason
        completeness.timeframe = newest?.timeframe
        completeness.limit = newest?.limit
    }

    private static func isOlder(_ left: CoverageRecorded, _ right: CoverageRecorded) -> Bool {
        if left.from != right.from { return left.from < right.from }
        if left.to != right.to { return left.to > right.to }
        return left.source.utf8.lexicographicallyPrecedes(right.source.utf8)
    }

    private static func isNewer(_ left: CoverageRecorded, _ right: CoverageRecorded) -> Bool {
        if left.to != right.to { return left.to > right.to }
        if left.from != right.from { return left.from < right.from }
        return left.source.utf8.lexicographicallyPrecedes(right.source.utf8)
    }
}
