import Dispatch
import Events
import Synchronization

/// Wakes readers after appends, at most once per interval and process: a NOTIFY in every append would cost a quarter of
/// the throughput. What is appended meanwhile is said at the interval's end, so no append goes unsaid.
final class LogNotifier: Sendable {
    private struct State {
        var pending: Set<Topic> = []
        /// Whether the queue will look at `pending` by itself.
        var isScheduled = false
    }

    private let state = Mutex(State())
    /// Used on the queue only; the lock is never contended.
    private let connection: Mutex<PostgresConnection>
    private let queue = DispatchQueue(label: "log.notify")
    private static let intervalMilliseconds = 10

    init(_ configuration: PostgresConfiguration) {
        connection = Mutex(PostgresConnection(lazily: configuration))
    }

    /// Says soon that something was appended; never blocks.
    func appended(to topic: Topic) {
        let isScheduled = state.withLock { state in
            defer { state.isScheduled = true }
            state.pending.insert(topic)
            return state.isScheduled
        }
        if !isScheduled { queue.async { self.notify() } }
    }

    private func notify() {
        let topics = state.withLock { state in
            defer { state.pending = [] }
            state.isScheduled = !state.pending.isEmpty
            return state.pending
        }
        guard !topics.isEmpty else { return }
        connection.withLock { connection in
            for topic in topics {
                // A notification lost with its connection costs a reader up to its polling interval.
                try? connection.notify(LogStatements.of(topic).channel)
            }
        }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.intervalMilliseconds)) { self.notify() }
    }
}
