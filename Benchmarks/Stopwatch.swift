import Glibc

/// What a round's duration is read from.
enum Stopwatch {
    /// The time that passes: for what waits for other processes.
    case wall
    /// The processor time of the calling thread: for what only computes, so that a busy neighbour does not count.
    case thread

    /// How long `body` takes, in seconds.
    func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = nanoseconds
        try body()
        return Double(nanoseconds - start) / 1e9
    }

    private var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(self == .wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// Repeats what is measured: a warm-up, then rounds of which the median counts.
struct Rounds {
    /// How many count.
    var count: Int
    /// How they are timed.
    var stopwatch: Stopwatch

    /// Median durations, in seconds, of several bodies that take turns, so that a slow moment of the machine falls on
    /// all of them alike.
    func medianSeconds(_ bodies: [() throws -> Void]) throws -> [Double] {
        for body in bodies { try body() }
        var durations = bodies.map { _ in [Double]() }
        for _ in 0..<count {
            for (index, body) in bodies.enumerated() { durations[index].append(try stopwatch.seconds(body)) }
        }
        return durations.map(Self.median)
    }

    /// The middle of an odd number of values, the upper middle of an even one.
    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
