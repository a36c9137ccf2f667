import Dispatch
import Events
import MockKafka
import Synchronization

@testable import Kafka

/// librdkafka's cluster inside the process, with one of the log's topics.
///
/// Unchecked: the mock cluster does its work on a thread of its own and takes calls from any.
final class MockCluster: @unchecked Sendable {
    private let cluster: OpaquePointer
    private let notices = Mutex<[KafkaNotice]>([])
    private let statistics = Mutex<[String]>([])
    private let observed = DispatchSemaphore(value: 0)

    init(partitionCount: Int32 = 1) {
        guard let cluster = mock_kafka_start(1) else { preconditionFailure("librdkafka starts no mock cluster") }
        self.cluster = cluster
        precondition(mock_kafka_create_topic(cluster, Topic.jobs.name, partitionCount) == 0, "jobs cannot be created")
    }

    deinit { mock_kafka_stop(cluster) }

    /// Settings with short bounds.
    var configuration: KafkaConfiguration {
        var configuration = KafkaConfiguration(bootstrapServers: String(cString: mock_kafka_bootstrap_servers(cluster)))
        configuration.deliveryTimeoutMilliseconds = 4_000
        configuration.requestTimeoutMilliseconds = 4_000
        configuration.settings = ["retry.backoff.ms": "10", "reconnect.backoff.ms": "10"]
        return configuration
    }

    /// A log on the cluster.
    func log(_ configuration: KafkaConfiguration? = nil) -> KafkaLog {
        let observers = KafkaObservers { [weak self] notice in
            self?.notices.withLock { $0.append(notice) }
            self?.observed.signal()
        } statistics: { [weak self] _, json in
            self?.statistics.withLock { $0.append(json) }
            self?.observed.signal()
        }
        return KafkaLog(configuration ?? self.configuration, observers: observers) { _ in
            throw LogError(.refused, "no leases here")
        }
    }

    /// Waits for a notice that fits; false when none has come within ten seconds.
    func hears(_ isMeant: (KafkaNotice) -> Bool) -> Bool { waits { notices.withLock { $0.contains(where: isMeant) } } }

    /// Waits for statistics that contain a text; false when none have come within ten seconds.
    func counts(_ text: String) -> Bool { waits { statistics.withLock { $0.contains { $0.contains(text) } } } }

    private func waits(for condition: () -> Bool) -> Bool {
        let deadline = DispatchTime.now() + .seconds(10)
        while !condition() {
            guard observed.wait(timeout: deadline) == .success else { return condition() }
        }
        return true
    }

    /// The next requests of a kind get this error.
    func push(_ error: Int32, _ count: Int = 1, to request: mock_kafka_request) {
        mock_kafka_push_errors(cluster, request, error, count)
    }

    /// No more errors for requests of that kind.
    func clearErrors(of request: mock_kafka_request) { mock_kafka_clear_errors(cluster, request) }

    /// Whether the broker takes connections.
    func setUp(_ isUp: Bool) { mock_kafka_set_up(cluster, 1, isUp ? 1 : 0) }

    /// Delays every answer.
    func setDelay(milliseconds: Int32) { mock_kafka_set_delay(cluster, 1, milliseconds) }

    /// Appends a record as a stranger would.
    func appendForeign(header: String? = nil, value: String = "") -> Int32 {
        guard let header else { return mock_kafka_append(cluster, Topic.jobs.name, 0, nil, nil) }
        return mock_kafka_append(cluster, Topic.jobs.name, 0, header, value)
    }
}

/// Records and what became of them.
enum Sample {
    static func record(_ number: Int) throws -> LogRecord {
        let id = (0..<Digest.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 8))) }
        guard let id = Digest(bytes: id) else { throw LogError(.refused, "32 bytes make a digest") }
        return LogRecord(
            key: [UInt8(truncatingIfNeeded: number)], id: id, kind: .jobSubmitted, source: "test",
            time: 1_700_000_000_000_000, value: Array("value \(number)".utf8))
    }

    static func records(_ count: Int) throws -> [LogRecord] { try (0..<count).map(record) }

    /// Nil for a success.
    static func codes(_ results: [Result<LogPosition, LogError>]) -> [LogError.Code?] {
        results.map { result in
            guard case .failure(let error) = result else { return nil }
            return error.code
        }
    }

    static let start = [LogPosition(topic: .jobs, partition: 0, offset: 0)]
}
