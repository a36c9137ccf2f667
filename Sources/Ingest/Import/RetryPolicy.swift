import Events
import Postgres
import Runtime

/// Tries again what fails because log or database is away, with growing pauses, for a bounded time.
struct RetryPolicy {
    let limits: ImportLimits
    let clock: MonotonicClock
    let stop: StopFlag
    let logger: Logger

    /// The result of `body`. Throws what it threw last when the time is over or the error is not one that passes, and
    /// `stopped` when the flag is raised.
    func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        let deadline = clock.nowMicroseconds() + Int64(limits.retryMilliseconds) * 1000
        var pauseMilliseconds = limits.firstPauseMilliseconds
        while true {
            do {
                return try body()
            } catch  where Self.passes(error) {
                guard clock.nowMicroseconds() < deadline else { throw error }
                logger.warning(
                    "The log is away, trying again",
                    [.error: .failure(error), .retryAfterMilliseconds: .number(pauseMilliseconds)])
                if stop.wait(milliseconds: pauseMilliseconds) {
                    throw IngestError(.stopped, "stopped while the log was away")
                }
                pauseMilliseconds = min(pauseMilliseconds * 2, limits.maximumPauseMilliseconds)
            }
        }
    }

    /// Whether the same call may succeed later.
    private static func passes(_ error: any Error) -> Bool {
        if let error = error as? LogError { return error.isRetriable }
        if let error = error as? PostgresError { return error.isRetriable || error.isConnectionLoss }
        return false
    }
}
