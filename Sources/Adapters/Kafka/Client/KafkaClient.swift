import CKafka
import Dispatch

/// One librdkafka client with the thread that takes its events.
///
/// Unchecked: librdkafka declares its client safe for all threads, and the pointer never changes. Whoever makes topic
/// handles or queues of it destroys them before `close`, after which nothing may be called.
@safe final class KafkaClient: @unchecked Sendable {
    let pointer: OpaquePointer
    private let events: EventLoop
    private let closeTimeoutMilliseconds: Int
    private let notice: @Sendable (KafkaNotice) -> Void
    private let role: ClientSettings.Role

    /// Starts a client; it connects by itself. A producer's `board` gets its delivery reports.
    init(
        _ configuration: KafkaConfiguration, role: ClientSettings.Role, observers: KafkaObservers,
        board: FlightBoard? = nil
    ) throws(KafkaError) {
        let settings = try ClientSettings(configuration, role: role)
        let pointer = try unsafe settings.makeClient(role)
        unsafe self.pointer = pointer
        self.role = role
        notice = observers.notice
        closeTimeoutMilliseconds = configuration.closeTimeoutMilliseconds
        events = unsafe EventLoop(
            pointer, name: role.name, observers: observers, board: board)
        events.start()
    }

    /// A safety net: does not wait.
    deinit { events.stop() }

    /// Ends the client. librdkafka 2.0 can hang in doing so: after a bound it is left to itself, and that is said.
    func close() {
        events.stop()
        guard !events.wait(milliseconds: closeTimeoutMilliseconds) else { return }
        notice(
            KafkaNotice(
                severity: .error, client: role.name, subject: "CLOSE",
                text: "librdkafka did not end within \(closeTimeoutMilliseconds) ms and is left to itself"))
    }

    /// Whether a fatal error has ended the producer, so that another one is needed.
    var isOver: Bool { unsafe rd_kafka_fatal_error(pointer, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR }

    /// What went wrong lately with the brokers: a refused login, an expired certificate, a closed port.
    var recentProblem: String? { events.recentProblem }

    /// Fails every record that is not acknowledged yet; each still gets its delivery report.
    func purge() {
        // Only fails for a client that is no producer, and then there is nothing to purge.
        _ = unsafe rd_kafka_purge(
            pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING)
    }
}
