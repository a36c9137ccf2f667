import Foundation
import Synchronization

/// The thread all child processes are born on. The kernel ties a child that asks for a signal at its parent's death to
/// the *thread* that made it; threads of a pool come and go, this one lives as long as the process.
final class SpawningThread: Sendable {
    static let shared = SpawningThread()

    private let waiting = Mutex<[@Sendable () -> Void]>([])
    private let arrived = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [unowned self] in
            while true {
                self.arrived.wait()
                self.waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }?()
            }
        }
        thread.name = "spawning"
        thread.start()
    }

    /// Runs `body` on the thread and waits for it.
    func perform<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        let outcome = Outcome<Result>()
        waiting.withLock {
            $0.append {
                outcome.value.withLock { $0 = Swift.Result { try body() } }
                outcome.ready.signal()
            }
        }
        arrived.signal()
        outcome.ready.wait()
        guard let result = outcome.value.withLock({ $0 }) else {
            preconditionFailure("the outcome is set before it is signalled")
        }
        return try result.get()
    }

    private final class Outcome<Value: Sendable>: Sendable {
        let value = Mutex<Swift.Result<Value, any Error>?>(nil)
        let ready = DispatchSemaphore(value: 0)
    }
}
