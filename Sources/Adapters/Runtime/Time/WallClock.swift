import Glibc

/// The time of day, injected: production reads the system's clock, a test says what time it is.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Int64

    /// A clock that reads microseconds since the epoch from the closure.
    public init(microseconds read: @escaping @Sendable () -> Int64) { self.read = read }

    /// `CLOCK_REALTIME`.
    public static let system = WallClock { microseconds(of: CLOCK_REALTIME) }

    /// Microseconds since 1970-01-01T00:00:00Z.
    public func nowMicroseconds() -> Int64 { read() }
}

/// Time that only moves forward, for durations and deadlines; its zero means nothing.
public struct MonotonicClock: Sendable {
    private let read: @Sendable () -> Int64

    /// A clock that reads microseconds from the closure.
    public init(microseconds read: @escaping @Sendable () -> Int64) { self.read = read }

    /// `CLOCK_MONOTONIC`.
    public static let system = MonotonicClock { microseconds(of: CLOCK_MONOTONIC) }

    /// Microseconds since an arbitrary moment.
    public func nowMicroseconds() -> Int64 { read() }
}

func microseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    let status = unsafe clock_gettime(clock, &time)
    precondition(status == 0, "clock_gettime fails only for a clock that the kernel does not have")
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}
