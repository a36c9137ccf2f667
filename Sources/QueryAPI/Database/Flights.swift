import Synchronization

/// The questions under way and who waits for each: a question that is asked while its answer is being read joins it.
final class Flights: Sendable {
    /// Gets the finding, once.
    typealias Waiter = @Sendable (Finding) -> Void

    private let waiters = Mutex<[Question.Key: [Waiter]]>([:])

    /// Waits for a question; true when nobody asked it yet, and the caller has to see that it is read.
    func join(_ key: Question.Key, _ waiter: @escaping Waiter) -> Bool {
        waiters.withLock { waiters in
            waiters[key, default: []].append(waiter)
            return waiters[key]?.count == 1
        }
    }

    /// Ends a question: who asks from now on is not answered by this.
    func land(_ key: Question.Key, _ finding: Finding) {
        let landed = waiters.withLock { $0.removeValue(forKey: key) ?? [] }
        for waiter in landed { waiter(finding) }
    }
}
