import Glibc

/// A moment by a clock that no adjustment turns back.
struct Deadline: Sendable {
    private let moment: Int64
    /// How long `pause` takes at most.
    private static let pauseMilliseconds: Int64 = 50

    /// That many milliseconds from now.
    init(milliseconds: Int) { moment = Self.nowMicroseconds() + Int64(milliseconds) * 1_000 }

    /// Rounded up; 0 once the moment has passed.
    var remainingMilliseconds: Int32 {
        Int32(clamping: max(0, (moment - Self.nowMicroseconds() + 999) / 1_000))
    }

    /// Whether the moment has passed.
    var isOver: Bool { remainingMilliseconds == 0 }

    /// Blocks the thread for a moment before something is tried again.
    func pause() {
        let milliseconds = min(Self.pauseMilliseconds, Int64(remainingMilliseconds))
        var time = timespec(tv_sec: 0, tv_nsec: Int(milliseconds) * 1_000_000)
        // A signal that cuts it short does no harm.
        _ = unsafe nanosleep(&time, nil)
    }

    private static func nowMicroseconds() -> Int64 {
        var time = timespec()
        // The clock exists on every Linux, so the call cannot fail.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
