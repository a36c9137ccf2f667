import Synchronization

/// Durations sorted into fixed buckets. Two atomic additions per observation; made once by the registry and kept.
public final class Histogram: Sendable {
    /// From a tenth of a millisecond to ten seconds.
    public static let defaultBoundsMicroseconds: [Int64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000, 10_000_000,
    ]

    /// What was observed so far.
    struct Snapshot: Equatable {
        /// How many fell into each bucket alone; the last bucket has no upper bound.
        var counts: [UInt64]
        var sumMicroseconds: UInt64
    }

    let boundsMicroseconds: [Int64]
    private let buckets: [Counter]
    private let sumMicroseconds = Atomic<UInt64>(0)

    init(boundsMicroseconds: [Int64]) {
        precondition(
            !boundsMicroseconds.isEmpty && boundsMicroseconds[0] >= 0
                && zip(boundsMicroseconds, boundsMicroseconds.dropFirst()).allSatisfy(<),
            "The upper bounds of a histogram's buckets must ascend from zero or more")
        self.boundsMicroseconds = boundsMicroseconds
        buckets = (0...boundsMicroseconds.count).map { _ in Counter() }
    }

    /// Counts one duration; a negative one counts as zero.
    public func observe(microseconds: Int64) {
        let duration = max(microseconds, 0)
        // So few bounds are searched faster in a row than by halves.
        var index = 0
        while index < boundsMicroseconds.count, duration > boundsMicroseconds[index] { index += 1 }
        buckets[index].increment()
        sumMicroseconds.wrappingAdd(UInt64(duration), ordering: .relaxed)
    }

    var snapshot: Snapshot {
        Snapshot(counts: buckets.map(\.value), sumMicroseconds: sumMicroseconds.load(ordering: .relaxed))
    }
}
