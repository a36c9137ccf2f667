import Glibc

/// A clock that no adjustment turns back, for deadlines.
enum MonotonicTime {
    /// Milliseconds since some moment in the past.
    static func milliseconds() -> Int64 {
        var time = timespec()
        // The clock exists on every Linux, so the call cannot fail.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The moment from which on at least so much time, 24 days at most, has passed: what `milliseconds` cuts off is
    /// added. A wait of no time ends now.
    static func deadline(afterMilliseconds duration: Int) -> Int64 {
        guard duration > 0 else { return milliseconds() }
        return milliseconds() + Int64(min(duration, Int(Int32.max))) + 1
    }
}
