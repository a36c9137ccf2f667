import Glibc
import Synchronization

/// Runs the services of a process until a signal, a failure or their completion ends it.
public struct Lifecycle: Sendable {
    /// The bound on a graceful stop when none is configured.
    public static let defaultGracePeriodMilliseconds = 20_000

    private let services: [any Service]
    private let gracePeriodMilliseconds: Int
    private let logger: Logger
    private let clock: MonotonicClock
    private let exitNow: @Sendable (Int32) -> Void

    /// Services in the order of dependency: each starts when the one before is ready, and stops before it.
    public init(
        services: [any Service], gracePeriodMilliseconds: Int = Lifecycle.defaultGracePeriodMilliseconds,
        logger: Logger
    ) {
        // Not `exit`: handlers would tear down what the remaining threads still use.
        self.init(
            services: services, gracePeriodMilliseconds: gracePeriodMilliseconds, logger: logger, clock: .system,
            exitNow: { _exit($0) })
    }

    init(
        services: [any Service], gracePeriodMilliseconds: Int, logger: Logger, clock: MonotonicClock,
        exitNow: @escaping @Sendable (Int32) -> Void
    ) {
        (self.services, self.gracePeriodMilliseconds, self.logger) = (services, gracePeriodMilliseconds, logger)
        (self.clock, self.exitNow) = (clock, exitNow)
    }

    /// Blocks SIGTERM and SIGINT for the signal thread and ignores SIGPIPE. The first thing `main` does, before
    /// any thread is started.
    public static func prepareProcess() { SignalWatch.prepareProcess() }

    /// Blocks until every service has ended and returns the exit code: 0 after a signal or completion, 1 after a
    /// failure. Leaves the process itself when the grace period is over (1) or a second signal comes (130, 143).
    public func run() -> Int32 {
        Lifecycle.prepareProcess()
        let events = Lifecycle.eventQueue(for: services)
        let watch = SignalWatch()
        let escalation = Mutex(SignalEscalation())
        do {
            try watch.start { [logger, exitNow] number in
                switch escalation.withLock({ $0.receive(number) }) {
                case .requestStop:
                    events.push(.stopRequested)
                    logger.info("Stop requested", [.signal: .number(number)])
                case .exitNow(let code): exitNow(code)
                }
            }
        } catch {
            logger.error("Signals cannot be watched", [.error: .failure(error)])
            return 1
        }
        defer { watch.finish() }
        return supervise(events)
    }

    /// Room for all that can ever be reported: a service reports twice, and there is one request to stop.
    static func eventQueue(for services: [any Service]) -> BoundedQueue<LifecycleMachine.Event> {
        BoundedQueue(capacity: services.count * 2 + 1)
    }

    /// Carries out what the machine decides, on the calling thread.
    func supervise(_ events: BoundedQueue<LifecycleMachine.Event>) -> Int32 {
        var machine = LifecycleMachine(completes: services.map(\.completes))
        let runs = services.enumerated().map { index, service in
            ServiceRun(service, index: index, logger: logger, reportingTo: events)
        }
        var deadlineMicroseconds: Int64?
        var action = machine.begin()
        while true {
            switch action {
            case .wait: break
            case .start(let index): runs[index].begin()
            case .announceReady: logger.info("Ready", [.count: .number(services.count)])
            case .stop(let index):
                deadlineMicroseconds =
                    deadlineMicroseconds ?? clock.nowMicroseconds() + Int64(gracePeriodMilliseconds) * 1000
                runs[index].stop.raise()
            case .finish(let exitCode):
                logger.info("Stopped", [.exitCode: .number(exitCode)])
                return exitCode
            case .abandon(let exitCode):
                logger.error("Grace period is over", [.limit: .number(gracePeriodMilliseconds)])
                exitNow(exitCode)
                return exitCode
            }
            action = machine.handle(nextEvent(from: events, before: deadlineMicroseconds))
        }
    }

    private func nextEvent(
        from events: BoundedQueue<LifecycleMachine.Event>, before deadlineMicroseconds: Int64?
    ) -> LifecycleMachine.Event {
        guard let deadlineMicroseconds else {
            // The queue is never finished, so there always is a next event.
            return events.next() ?? .stopRequested
        }
        let rest = max(deadlineMicroseconds - clock.nowMicroseconds(), 0)
        guard case .element(let event) = events.next(timeoutMilliseconds: Int(rest + 999) / 1000) else {
            return .gracePeriodOver
        }
        return event
    }
}
