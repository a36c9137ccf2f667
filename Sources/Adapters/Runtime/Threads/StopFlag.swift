import Synchronization

/// Says once and for all that work is to end. A loop checks it between batches and waits on it instead of sleeping.
public final class StopFlag: Sendable {
    private struct State: Sendable {
        var isRaised = false
        var actions: [@Sendable () -> Void] = []
    }

    private let raised = Atomic<Bool>(false)
    private let monitor = Monitor(State())

    /// A flag that is down.
    public init() {}

    /// Whether the flag was raised; costs one atomic load.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Raises the flag, wakes every waiter and runs the actions; raising it again does nothing.
    public func raise() {
        let actions = monitor.update { state in
            defer { state.actions = [] }
            state.isRaised = true
            raised.store(true, ordering: .releasing)
            return state.actions
        }
        for action in actions { action() }
    }

    /// Blocks until the flag is raised.
    public func wait() {
        monitor.wait { $0.isRaised ? () : nil }
    }

    /// Blocks until the flag is raised, at most that long; says whether it was raised.
    @discardableResult
    public func wait(milliseconds: Int) -> Bool {
        monitor.wait(timeoutMilliseconds: milliseconds) { $0.isRaised ? true : nil } ?? false
    }

    /// Runs the action when the flag is raised, on the raising thread, or at once if it is up already: to finish
    /// a queue or cancel a task. The action must not block.
    public func onRaise(_ action: @escaping @Sendable () -> Void) {
        let isLate = monitor.update { state in
            if !state.isRaised { state.actions.append(action) }
            return state.isRaised
        }
        if isLate { action() }
    }
}
