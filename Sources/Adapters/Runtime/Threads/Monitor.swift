import Glibc

/// State behind a lock, with a condition to wait for a change of it. For plain threads only: waiting blocks.
///
/// Unchecked: the state is touched only with the mutex held, and the mutex and condition never move in memory.
@safe public final class Monitor<State: Sendable>: @unchecked Sendable {
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    /// A monitor of that state.
    public init(_ state: State) {
        self.state = state
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe check(pthread_mutex_init(mutex, nil))
        var attributes = pthread_condattr_t()
        unsafe check(pthread_condattr_init(&attributes))
        // A step of the wall clock must neither shorten nor lengthen a wait.
        unsafe check(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC))
        unsafe check(pthread_cond_init(condition, &attributes))
        unsafe check(pthread_condattr_destroy(&attributes))
    }

    deinit {
        // No thread can be waiting: it would hold a reference.
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Reads the state.
    public func read<Result>(_ body: (State) -> Result) -> Result {
        lock()
        defer { unlock() }
        return body(state)
    }

    /// Changes the state and wakes everybody who waits.
    public func update<Result>(_ body: (inout State) -> Result) -> Result {
        lock()
        defer { unlock() }
        let result = body(&state)
        unsafe check(pthread_cond_broadcast(condition))
        return result
    }

    /// Blocks until `body` gives a value; it may change the state in doing so, which wakes the other waiters.
    public func wait<Result>(until body: (inout State) -> Result?) -> Result {
        lock()
        defer { unlock() }
        while true {
            if let result = attempt(body) { return result }
            unsafe check(pthread_cond_wait(condition, mutex))
        }
    }

    /// The same, giving up with nil after that time.
    public func wait<Result>(timeoutMilliseconds: Int, until body: (inout State) -> Result?) -> Result? {
        var deadline = Monitor.deadline(afterMilliseconds: timeoutMilliseconds)
        lock()
        defer { unlock() }
        while true {
            if let result = attempt(body) { return result }
            let status = unsafe pthread_cond_timedwait(condition, mutex, &deadline)
            if status == ETIMEDOUT { return attempt(body) }
            check(status)
        }
    }

    /// With the lock held: tries the body and, if it gave a value, wakes those who wait for what it changed.
    private func attempt<Result>(_ body: (inout State) -> Result?) -> Result? {
        guard let result = body(&state) else { return nil }
        unsafe check(pthread_cond_broadcast(condition))
        return result
    }

    private func lock() { unsafe check(pthread_mutex_lock(mutex)) }

    private func unlock() { unsafe check(pthread_mutex_unlock(mutex)) }

    private static func deadline(afterMilliseconds milliseconds: Int) -> timespec {
        // A century is for ever, and the sum below cannot overflow.
        let bounded = Int64(min(max(milliseconds, 0), 3_155_760_000_000))
        let microseconds = MonotonicClock.system.nowMicroseconds() + bounded * 1000
        return timespec(tv_sec: Int(microseconds / 1_000_000), tv_nsec: Int(microseconds % 1_000_000) * 1000)
    }
}

/// Traps: these calls fail only when a pointer is wrong or the lock is not ours, which is a broken invariant here.
private func check(_ status: Int32) {
    precondition(status == 0, "A pthread call on a monitor's own lock failed")
}
