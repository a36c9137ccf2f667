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
}
