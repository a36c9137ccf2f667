import Glibc

/// Time that never jumps, for durations and deadlines.
enum MonotonicClock {
    static func nowMicroseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
