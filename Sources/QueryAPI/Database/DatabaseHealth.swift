import ReadModels
import Synchronization

/// What the database threads last saw, for `/health/ready`. Times are of the monotonic clock, microseconds.
final class DatabaseHealth: Sendable {
    /// What is known.
    struct Snapshot: Sendable {
        /// When a round or a probe last succeeded.
        var lastSuccess: Int64?
        /// When one last failed because the database was away.
        var lastFailure: Int64?
        /// The generation that was last found live.
        var generation: Generation?
        /// Whether this build can read it.
        var isSupported = true

        /// Age of the last success, microseconds.
        func age(now: Int64) -> Int64? { lastSuccess.map { now - $0 } }

        /// Why the service is not ready; nil when it is.
        func problem(now: Int64, maximumAgeMicroseconds: Int64) -> String? {
            guard let lastSuccess else { return "the database was never reached" }
            if let lastFailure, lastFailure > lastSuccess { return "the database cannot be reached" }
            if now - lastSuccess > maximumAgeMicroseconds { return "the database does not answer" }
            if generation == nil { return "there is no live generation" }
            return isSupported ? nil : "the live generation has another layout than this build reads"
        }
    }

    private let state = Mutex(Snapshot())

    /// What is known now.
    var snapshot: Snapshot { state.withLock { $0 } }

    /// A round or probe came back.
    func noteSuccess(now: Int64) { state.withLock { $0.lastSuccess = now } }

    /// The database was away.
    func noteFailure(now: Int64) { state.withLock { $0.lastFailure = now } }

    /// The live generation was read.
    func noteGeneration(_ generation: Generation?, isSupported: Bool) {
        state.withLock {
            $0.generation = generation
            $0.isSupported = isSupported
        }
    }
}
