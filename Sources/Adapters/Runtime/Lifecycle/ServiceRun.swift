/// One service on its thread, with the flag that stops it.
final class ServiceRun: Sendable {
    let stop = StopFlag()
    private let service: any Service
    private let index: Int
    private let logger: Logger
    private let events: BoundedQueue<LifecycleMachine.Event>

    init(
        _ service: any Service, index: Int, logger: Logger, reportingTo events: BoundedQueue<LifecycleMachine.Event>
    ) {
        (self.service, self.index, self.events) = (service, index, events)
        self.logger = logger.with(.component, .text(service.name))
    }

    /// Starts the thread; a failure to do so is reported like one of the service.
    func begin() {
        do {
            _ = try NamedThread(name: service.name) { [self] in live() }
        } catch {
            logger.error("Service has no thread", [.error: .failure(error)])
            events.push(.ended(index, .failed))
        }
    }

    private func live() {
        var outcome = LifecycleMachine.Outcome.returned
        do {
            try service.start(until: stop)
            events.push(.started(index))
            if !stop.isRaised {
                logger.debug("Service ready")
                try service.run(until: stop)
                if !stop.isRaised, !service.completes { logger.error("Service ended unasked") }
            }
        } catch {
            outcome = .failed
            logger.error("Service failed", [.error: .failure(error)])
        }
        service.close()
        logger.debug("Service closed")
        events.push(.ended(index, outcome))
    }
}
