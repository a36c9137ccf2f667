import CKafka
import Events
import Synchronization

/// The producer of a log, which its appenders share: one set of connections, fuller batches.
final class RecordSender: Sendable {
    private let client: KafkaClient
    private let catalogue: TopicCatalogue
    private let board: FlightBoard
    private let topics = Mutex<[Topic: TopicHandle]>([:])

    /// Starts a producer.
    init(
        _ configuration: KafkaConfiguration, catalogue: TopicCatalogue, observers: KafkaObservers
    ) throws(KafkaError) {
        let board = FlightBoard()
        self.board = board
        self.catalogue = catalogue
        client = try KafkaClient(configuration, role: .producer, observers: observers, board: board)
    }

    /// Whether a fatal error has ended the producer, so that another one is needed.
    var isOver: Bool { client.isOver }

    /// What went wrong lately with the brokers.
    var recentProblem: String? { client.recentProblem }

    /// The topic's handle.
    func handle(of topic: Topic) throws(KafkaError) -> TopicHandle {
        try topics.withLock { topics throws(KafkaError) in
            if let handle = topics[topic] { return handle }
            let handle = try TopicHandle(client, name: catalogue.name(of: topic))
            topics[topic] = handle
            return handle
        }
    }

    /// Must be called before the first record of a flight is sent.
    func begin(_ flight: Flight) { board.add(flight) }

    /// Hands a record to librdkafka, which copies it; nil when it took it, and then its report comes.
    func send(
        _ record: borrowing pnl_kafka_record, to handle: TopicHandle, partition: Int32, _ flight: Flight, index: Int
    ) -> KafkaError? {
        let error = unsafe withUnsafePointer(to: record) { record in
            unsafe pnl_kafka_produce(client.pointer, handle.pointer, partition, record, flight.opaque(index))
        }
        guard let error = unsafe error else { return nil }
        return unsafe KafkaError(consuming: error, doing: "append a record")
    }

    /// Waits until all `count` records that were taken have landed. When librdkafka's own bound has passed without
    /// that, it is told to give up; the flight of a client that does not even do that is kept for ever.
    func end(_ flight: Flight, count: Int, timeoutMilliseconds: Int) {
        for grace in [timeoutMilliseconds + Self.graceMilliseconds, Self.graceMilliseconds] {
            let deadline = Deadline(milliseconds: grace)
            while flight.landedCount < count, flight.waitForProgress(until: deadline) {}
            if flight.landedCount == count { return board.remove(flight) }
            client.purge()
        }
    }

    /// Ends the producer; nobody may be appending.
    func close() {
        topics.withLock { $0 = [:] }
        client.close()
    }

    /// Beyond the bound librdkafka was given.
    private static let graceMilliseconds = 5_000
}

/// Owns a `rd_kafka_topic_t`, and keeps its client alive meanwhile.
///
/// Unchecked: librdkafka declares topic handles safe for all threads, and the pointer never changes.
@safe final class TopicHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let client: KafkaClient

    init(_ client: KafkaClient, name: String) throws(KafkaError) {
        guard let pointer = unsafe rd_kafka_topic_new(client.pointer, name, nil) else {
            throw KafkaError(.unexpected, "librdkafka takes no topic named \(name)")
        }
        unsafe self.pointer = pointer
        self.client = client
    }

    deinit { unsafe rd_kafka_topic_destroy(pointer) }
}
