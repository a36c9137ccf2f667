/// Decides what happens to the services of a process, one event at a time, without doing any of it.
///
/// Services start in order, each when the one before is ready. They stop in reverse order, each when the one after has
/// ended: after a request to stop, when one fails, and when one completes.
struct LifecycleMachine: ~Copyable {
    enum Outcome: Equatable, Sendable {
        case returned
        case failed
    }

    enum Event: Equatable, Sendable {
        /// The service is ready.
        case started(Int)
        /// The service has ended and is closed.
        case ended(Int, Outcome)
        case stopRequested
        case gracePeriodOver
    }

    enum Action: Equatable, Sendable {
        case wait
        case start(Int)
        /// All services are ready.
        case announceReady
        case stop(Int)
        /// All services have ended.
        case finish(exitCode: Int32)
        /// Leave without the services that do not end.
        case abandon(exitCode: Int32)
    }

    private enum Phase {
        case starting(Int)
        case running
        case stopping(Int)
        case over
    }

    private let completes: [Bool]
    private var isAlive: [Bool]
    private var phase = Phase.running
    private var exitCode: Int32 = 0

    /// One element a service, in the order of dependency: whether it may end unasked.
    init(completes: [Bool]) {
        self.completes = completes
        isAlive = completes.map { _ in false }
    }

    /// The first action.
    mutating func begin() -> Action {
        start(0)
    }

    mutating func handle(_ event: Event) -> Action {
        switch event {
        case .started(let index):
            guard case .starting(index) = phase else { return .wait }
            return start(index + 1)
        case .ended(let index, let outcome):
            return end(index, outcome)
        case .stopRequested:
            switch phase {
            case .starting, .running: return stopLast()
            case .stopping, .over: return .wait
            }
        case .gracePeriodOver:
            guard case .stopping = phase else { return .wait }
            phase = .over
            return .abandon(exitCode: 1)
        }
    }

    private mutating func start(_ index: Int) -> Action {
        guard index < completes.count else {
            phase = .running
            return .announceReady
        }
        isAlive[index] = true
        phase = .starting(index)
        return .start(index)
    }

    private mutating func end(_ index: Int, _ outcome: Outcome) -> Action {
        isAlive[index] = false
        if outcome == .failed { exitCode = 1 }
        switch phase {
        case .starting, .running:
            if !completes[index] { exitCode = 1 }
            return stopLast()
        case .stopping(index): return stopLast()
        case .stopping, .over: return .wait
        }
    }

    private mutating func stopLast() -> Action {
        guard let index = isAlive.lastIndex(of: true) else {
            phase = .over
            return .finish(exitCode: exitCode)
        }
        phase = .stopping(index)
        return .stop(index)
    }
}
