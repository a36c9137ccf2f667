/// One long-lived part of a process. `Lifecycle` calls all three methods on one plain thread of the service's own:
/// `start`, then `run`, then `close`. They may block, as long as they return soon after the flag is raised.
public protocol Service: Sendable {
    /// A short name for logs and the thread.
    var name: String { get }
    /// Whether `run` may return unasked because its work is done, which ends the process with success. Otherwise
    /// returning unasked is a failure.
    var completes: Bool { get }
    /// Makes the service ready for those that depend on it, which start when this returns. A throw stops the process.
    func start(until stop: StopFlag) throws
    /// Works until the flag is raised; finishes the batch in hand first. A throw stops the process.
    func run(until stop: StopFlag) throws
    /// Releases what `start` acquired; called once, also after a failed `start` or `run`.
    func close()
}

extension Service {
    /// Services work until they are stopped.
    public var completes: Bool { false }
    /// Ready at once.
    public func start(until stop: StopFlag) throws {}
    /// Waits for the flag; right for a service whose work happens on threads of a library.
    public func run(until stop: StopFlag) throws { stop.wait() }
    /// Nothing to release.
    public func close() {}
}
