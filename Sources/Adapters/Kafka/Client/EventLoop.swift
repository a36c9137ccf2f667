import CKafka
import Foundation
import Synchronization

/// The thread that takes a client's events, and in the end destroys the client: the one place where that may block.
///
/// Unchecked: the pointers never change, librdkafka declares them safe for all threads, and what changes is atomic.
@safe final class EventLoop: @unchecked Sendable {
    private let client: OpaquePointer
    private let queue: OpaquePointer
    private let name: String
    private let observers: KafkaObservers
    private let board: FlightBoard?
    private let isStopping = Atomic<Bool>(false)
    private let problem = Mutex<(text: String, expiry: Deadline)?>(nil)
    /// How long a problem explains why nothing answers; librdkafka repeats what lasts.
    private static let problemMilliseconds = 60_000
    /// Whether the queue may still be woken.
    private let isQueueAlive = Mutex(true)
    private let ended = DispatchSemaphore(value: 0)
    /// Most reports taken out of an event at a time.
    private static let deliveryBatchCount = 1024
    /// A wake-up that got lost costs this much.
    private static let longestWaitMilliseconds: Int32 = 1_000

    init(
        _ client: OpaquePointer, name: String, observers: KafkaObservers, board: FlightBoard?
    ) {
        unsafe self.client = client
        unsafe queue = rd_kafka_queue_get_main(client)
        // Without a queue of its own the log would go to standard error.
        _ = unsafe rd_kafka_set_log_queue(client, queue)
        self.name = name
        self.observers = observers
        self.board = board
    }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "kafka-\(name)"
        thread.start()
    }

    /// Asks the thread to end the client.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        isQueueAlive.withLock { isAlive in
            if isAlive { unsafe rd_kafka_queue_yield(queue) }
        }
    }

    /// Whether the client has ended within that time.
    func wait(milliseconds: Int) -> Bool {
        guard ended.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return false }
        ended.signal()  // so that a second wait returns as well
        return true
    }

    /// What went wrong lately with the brokers.
    var recentProblem: String? {
        problem.withLock { problem in
            guard let known = problem, !known.expiry.isOver else { return nil }
            return known.text
        }
    }

    private func run() {
        while !isStopping.load(ordering: .acquiring) {
            takeEvent(timeoutMilliseconds: Self.longestWaitMilliseconds)
        }
        unsafe rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        while takeEvent(timeoutMilliseconds: 0) {}
        isQueueAlive.withLock { $0 = false }
        unsafe rd_kafka_queue_destroy(queue)
        unsafe rd_kafka_destroy(client)
        ended.signal()
    }

    /// Whether there was one.
    @discardableResult
    private func takeEvent(timeoutMilliseconds: Int32) -> Bool {
        guard let event = unsafe rd_kafka_queue_poll(queue, timeoutMilliseconds) else { return false }
        let kind = unsafe rd_kafka_event_type(event)
        defer {
            unsafe rd_kafka_event_destroy(event)
            // Only now has the queue of records to send got room.
            if kind == RD_KAFKA_EVENT_DR { board?.wakeAll() }
        }
        switch kind {
        case RD_KAFKA_EVENT_DR: unsafe deliver(event)
        case RD_KAFKA_EVENT_ERROR: unsafe report(event)
        case RD_KAFKA_EVENT_STATS: unsafe observers.statistics(name, String(cString: rd_kafka_event_stats(event)))
        case RD_KAFKA_EVENT_LOG: unsafe log(event)
        case RD_KAFKA_EVENT_NONE: break
        default:
            say(.warning, "EVENT", unsafe "nobody asked for this event: \(String(cString: rd_kafka_event_name(event)))")
        }
        return true
    }

    private func deliver(_ event: OpaquePointer) {
        unsafe withUnsafeTemporaryAllocation(
            of: UnsafePointer<rd_kafka_message_t>?.self, capacity: Self.deliveryBatchCount
        ) { messages in
            unsafe messages.initialize(repeating: nil)
            while true {
                let count = unsafe rd_kafka_event_message_array(event, messages.baseAddress, messages.count)
                guard count > 0 else { return }
                unsafe board?.landed(UnsafeBufferPointer(rebasing: messages[..<count]))
            }
        }
    }

    private func report(_ event: OpaquePointer) {
        let response = unsafe rd_kafka_event_error(event)
        let text = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) } ?? ""
        let subject = unsafe String(cString: rd_kafka_err2name(response))
        // "All brokers are down" hides why they are.
        if response != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
            problem.withLock { $0 = (text, Deadline(milliseconds: Self.problemMilliseconds)) }
        }
        // The event of a fatal error has the number of its cause.
        guard unsafe rd_kafka_fatal_error(client, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR else {
            return say(.warning, subject, text)
        }
        say(.error, subject, text)
        // What is under way gets its reports now instead of at its timeout.
        _ = unsafe rd_kafka_purge(
            client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING)
    }

    private func log(_ event: OpaquePointer) {
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var level: Int32 = 0
        guard unsafe rd_kafka_event_log(event, &facility, &text, &level) == 0 else { return }
        let subject = unsafe facility.map { unsafe String(cString: $0) } ?? ""
        say(KafkaNotice.Severity(level: level), subject, unsafe text.map { unsafe String(cString: $0) } ?? "")
    }

    private func say(_ severity: KafkaNotice.Severity, _ subject: String, _ text: String) {
        observers.notice(KafkaNotice(severity: severity, client: name, subject: subject, text: text))
    }
}
