import Testing

@testable import Runtime

@Suite("Lifecycle decisions")
struct LifecycleMachineTests {
    private typealias Event = LifecycleMachine.Event
    private typealias Action = LifecycleMachine.Action

    /// Feeds the events and returns every action, the first one included.
    private func actions(_ completes: [Bool], _ events: Event...) -> [Action] {
        var machine = LifecycleMachine(completes: completes)
        var actions = [machine.begin()]
        for event in events { actions.append(machine.handle(event)) }
        return actions
    }

    @Test("Services start in order and stop in reverse, each after its neighbour")
    func orderly() {
        let seen = actions(
            [false, false, false], .started(0), .started(1), .started(2), .stopRequested, .ended(2, .returned),
            .ended(1, .returned), .ended(0, .returned))
        #expect(
            seen == [
                .start(0), .start(1), .start(2), .announceReady, .stop(2), .stop(1), .stop(0), .finish(exitCode: 0),
            ])
    }

    @Test("A request to stop while starting starts no more, and a late start report changes nothing")
    func stopWhileStarting() {
        let seen = actions(
            [false, false, false], .started(0), .stopRequested, .started(1), .ended(1, .returned), .ended(0, .returned))
        #expect(seen == [.start(0), .start(1), .stop(1), .wait, .stop(0), .finish(exitCode: 0)])
    }

    @Test("A service that cannot start stops those before it, with an error")
    func failedStart() {
        let seen = actions([false, false], .started(0), .ended(1, .failed), .ended(0, .returned))
        #expect(seen == [.start(0), .start(1), .stop(0), .finish(exitCode: 1)])
        #expect(actions([false], .ended(0, .failed)) == [.start(0), .finish(exitCode: 1)])
    }

    @Test(
        "A service that fails or ends unasked while running stops all others, with an error",
        arguments: [LifecycleMachine.Outcome.failed, .returned])
    func failure(outcome: LifecycleMachine.Outcome) {
        let seen = actions(
            [false, false, false], .started(0), .started(1), .started(2), .ended(1, outcome), .ended(2, .returned),
            .ended(0, .returned))
        #expect(
            seen == [.start(0), .start(1), .start(2), .announceReady, .stop(2), .stop(0), .finish(exitCode: 1)])
    }

    @Test("A service that completes ends the process with success")
    func completion() {
        let seen = actions([false, true], .started(0), .started(1), .ended(1, .returned), .ended(0, .returned))
        #expect(seen == [.start(0), .start(1), .announceReady, .stop(0), .finish(exitCode: 0)])
        let failed = actions([false, true], .started(0), .started(1), .ended(1, .failed), .ended(0, .returned))
        #expect(failed.last == .finish(exitCode: 1))
    }

    @Test("A service that ends out of turn during the stop is not stopped again")
    func outOfTurn() {
        let seen = actions(
            [false, false, false], .started(0), .started(1), .started(2), .stopRequested, .ended(1, .failed),
            .ended(2, .returned), .ended(0, .returned))
        #expect(seen.suffix(4) == [.stop(2), .wait, .stop(0), .finish(exitCode: 1)])
    }

    @Test("The end of the grace period abandons what is left, but only during a stop")
    func gracePeriod() {
        #expect(actions([false], .started(0), .gracePeriodOver).last == .wait)
        let seen = actions([false], .started(0), .stopRequested, .stopRequested, .gracePeriodOver, .ended(0, .returned))
        #expect(seen == [.start(0), .announceReady, .stop(0), .wait, .abandon(exitCode: 1), .wait])
    }

    @Test("Without services the process is ready, and a request ends it")
    func noServices() { #expect(actions([], .stopRequested) == [.announceReady, .finish(exitCode: 0)]) }

    @Test("The first signal asks, any second one ends at once with its own code")
    func escalation() {
        var escalation = SignalEscalation()
        #expect(escalation.receive(15) == .requestStop)
        #expect(escalation.receive(2) == .exitNow(code: 130))
        #expect(escalation.receive(15) == .exitNow(code: 143))
    }
}
