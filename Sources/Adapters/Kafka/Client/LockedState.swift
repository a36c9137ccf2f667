import Foundation

/// State behind a POSIX lock. Not a `Mutex`: where that is contended it waits inside a library which the thread
/// sanitizer does not follow, and every such wait is reported as a race.
///
/// Unchecked: the state is touched only with the lock held.
final class LockedState<State>: @unchecked Sendable {
    private let lock = NSLock()
    private var state: State

    init(_ state: sending State) { self.state = state }

    /// Lends the state; `body` must not call back into code that takes the same lock.
    func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&state)
    }
}
