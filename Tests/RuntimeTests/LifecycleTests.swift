import Glibc
import Synchronization
import Testing

@testable import Runtime

/// What happened to several services, in order.
final class Journal: Sendable {
    private let monitor = Monitor<[String]>([])
    var entries: [String] { monitor.read { $0 } }

    func note(_ entry: String) { monitor.update { $0.append(entry) } }

    func wait(for entry: String) -> Bool {
        monitor.wait(timeoutMilliseconds: hangMilliseconds) { $0.contains(entry) ? true : nil } ?? false
    }
}

struct JournalService: Service {
    enum Behaviour { case obedient, failsToStart, fails, completes, deaf }

    let name: String
    let journal: Journal
    var behaviour = Behaviour.obedient
    /// What must have happened before a service ends by itself: others that are asked to stop before their threads came
    /// to run never do, or say so late.
    var endsAfter: String?
    /// Lets a deaf service go, so that the test leaves no thread behind.
    var release = StopFlag()
    var completes: Bool { behaviour == .completes }

    func start(until stop: StopFlag) throws {
        journal.note("\(name) starts")
        if behaviour == .failsToStart { throw RuntimeError(code: .system, "port is taken") }
    }

    func run(until stop: StopFlag) throws {
        journal.note("\(name) runs")
        if let endsAfter { _ = journal.wait(for: endsAfter) }
        switch behaviour {
        case .obedient, .failsToStart: stop.wait()
        case .fails: throw RuntimeError(code: .system, "disk is gone")
        case .completes: break
        case .deaf: release.wait()
        }
    }

    func close() { journal.note("\(name) closes") }
}

@Suite("Lifecycle")
struct LifecycleTests {
    private let journal = Journal()
    private let sink = CollectingLogSink()

    private func lifecycle(
        _ services: [JournalService], gracePeriodMilliseconds: Int = hangMilliseconds,
        exitNow: @escaping @Sendable (Int32) -> Void = { _ in }
    ) -> Lifecycle {
        Lifecycle(
            services: services, gracePeriodMilliseconds: gracePeriodMilliseconds,
            logger: Logger(service: "test", sink: sink), clock: .system, exitNow: exitNow)
    }

    private func service(
        _ name: String, _ behaviour: JournalService.Behaviour = .obedient, endsAfter: String? = nil
    ) -> JournalService {
        JournalService(name: name, journal: journal, behaviour: behaviour, endsAfter: endsAfter)
    }

    @Test("Asked to stop, services close in reverse order and the exit code is 0")
    func orderlyStop() throws {
        let services = [service("database"), service("server")]
        let lifecycle = lifecycle(services)
        let events = Lifecycle.eventQueue(for: services)
        let code = Mutex<Int32?>(nil)
        let supervisor = try NamedThread(name: "supervisor") {
            let result = lifecycle.supervise(events)
            code.withLock { $0 = result }
        }
        #expect(journal.wait(for: "server runs"))
        events.push(.stopRequested)
        #expect(supervisor.join(timeoutMilliseconds: hangMilliseconds))
        #expect(code.withLock { $0 } == 0)
        let order = journal.entries.filter { !$0.hasSuffix("runs") }
        #expect(order == ["database starts", "server starts", "server closes", "database closes"])
    }

    @Test("A failure stops the others, is logged, and the exit code is 1")
    func failure() {
        let services = [service("database"), service("loop", .fails, endsAfter: "database runs")]
        #expect(lifecycle(services).supervise(Lifecycle.eventQueue(for: services)) == 1)
        #expect(journal.entries.suffix(2) == ["loop closes", "database closes"])
        #expect(sink.lines.contains { $0.contains(#""component":"loop","error":"disk is gone""#) })
    }

    @Test("A failed start closes the service and keeps later ones from starting")
    func failedStart() {
        let services = [service("database", .failsToStart), service("server")]
        #expect(lifecycle(services).supervise(Lifecycle.eventQueue(for: services)) == 1)
        #expect(journal.entries == ["database starts", "database closes"])
    }

    @Test("Completed work ends the process with 0")
    func completion() {
        let services = [service("database"), service("import", .completes, endsAfter: "database runs")]
        #expect(lifecycle(services).supervise(Lifecycle.eventQueue(for: services)) == 0)
        #expect(journal.entries.suffix(2) == ["import closes", "database closes"])
    }

    @Test("A service that does not stop is abandoned when the grace period is over")
    func gracePeriod() {
        let deaf = service("loop", .deaf)
        let exits = Mutex<[Int32]>([])
        let services = [deaf, service("import", .completes, endsAfter: "loop runs")]
        let lifecycle = lifecycle(services, gracePeriodMilliseconds: 1) { code in exits.withLock { $0.append(code) } }
        #expect(lifecycle.supervise(Lifecycle.eventQueue(for: services)) == 1)
        #expect(exits.withLock { $0 } == [1])
        #expect(!journal.entries.contains("loop closes"))
        deaf.release.raise()
        #expect(journal.wait(for: "loop closes"))
    }

    @Test("Signals reach the watching thread in turn, and it can be ended")
    func signals() throws {
        let received = BoundedQueue<Int32>(capacity: 4)
        let watch = SignalWatch()
        try watch.start { received.push($0) }
        watch.send(SIGTERM)
        #expect(received.next(timeoutMilliseconds: hangMilliseconds) == .element(SIGTERM))
        watch.send(SIGINT)
        #expect(received.next(timeoutMilliseconds: hangMilliseconds) == .element(SIGINT))
        watch.finish()
        #expect(received.count == 0)
    }

    @Test("A process that gets SIGTERM stops in order and exits with 0")
    func wholeProcess() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let service = JournalService(name: "only", journal: Journal())
            let lifecycle = Lifecycle(services: [service], logger: Logger(service: "test"))
            // Here the main thread is parked with every signal unblocked, so this also tests that they are passed on.
            _ = try NamedThread(name: "killer") {
                if service.journal.wait(for: "only runs") { kill(getpid(), SIGTERM) }
            }
            let code = lifecycle.run()
            exit(code == 0 && service.journal.entries.last == "only closes" ? 0 : 9)
        }
    }

    @Test("A second signal ends the process at once, whatever the services do", arguments: [SIGTERM, SIGINT])
    func secondSignal(second: Int32) async {
        if second == SIGTERM {
            await #expect(processExitsWith: .exitCode(143)) { try stopTwice(second: SIGTERM) }
        } else {
            await #expect(processExitsWith: .exitCode(130)) { try stopTwice(second: SIGINT) }
        }
    }
}

/// Runs a deaf service and sends two signals, the second when the first was taken.
private func stopTwice(second: Int32) throws {
    let sink = CollectingLogSink()
    let service = JournalService(name: "deaf", journal: Journal(), behaviour: .deaf)
    let asking = JournalService(name: "asking", journal: service.journal)
    _ = try NamedThread(name: "killer") {
        if service.journal.wait(for: "deaf runs"), service.journal.wait(for: "asking runs") {
            kill(getpid(), SIGTERM)
        }
        if service.journal.wait(for: "asking closes") { kill(getpid(), second) }
    }
    _ = Lifecycle(services: [service, asking], logger: Logger(service: "test", sink: sink)).run()
}
