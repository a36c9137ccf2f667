import CKafka
import Events

/// Appends through the log's shared producer; confined to one thread.
final class KafkaLogAppender: LogAppender {
    private let configuration: KafkaConfiguration
    private let catalogue: TopicCatalogue
    private let senders: SharedClient<RecordSender>
    private var form = RecordForm()
    private var isClosed = false

    init(_ configuration: KafkaConfiguration, catalogue: TopicCatalogue, senders: SharedClient<RecordSender>) {
        self.configuration = configuration
        self.catalogue = catalogue
        self.senders = senders
        senders.retain()
    }

    deinit { close() }

    func append(_ records: [LogRecord], to topic: Topic) -> [Result<LogPosition, LogError>] {
        do throws(LogError) {
            guard !isClosed else { throw LogError(.closed, "the appender was closed") }
            guard !records.isEmpty else { return [] }
            let partitionCount = try catalogue.partitionCount(of: topic)
            do throws(KafkaError) {
                return try append(records, to: topic, partitionCount, try livingSender())
            } catch {
                throw LogError(error)
            }
        } catch {
            return records.map { _ in .failure(error) }
        }
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        senders.release()
    }

    /// A producer that a fatal error has ended is replaced.
    private func livingSender() throws(KafkaError) -> RecordSender {
        let sender = try senders.current()
        guard sender.isOver else { return sender }
        senders.discard(sender)
        return try senders.current()
    }

    private func append(
        _ records: [LogRecord], to topic: Topic, _ partitionCount: Int32, _ sender: RecordSender
    ) throws(KafkaError) -> [Result<LogPosition, LogError>] {
        let handle = try sender.handle(of: topic)
        let flight = Flight(count: records.count)
        sender.begin(flight)
        var partitions = [Int32](repeating: 0, count: records.count)
        var refusals: [Int: LogError] = [:]
        var failure: LogError?
        for (index, record) in records.enumerated() {
            if let failure {
                refusals[index] = failure
                continue
            }
            partitions[index] = Partitioner.partition(forKey: record.key, count: partitionCount)
            do throws(LogError) {
                try submit(record, partitions[index], to: handle, sender, flight, index)
            } catch {
                refusals[index] = error
                // What comes after a failure is not tried, so that records of one key keep their order.
                if error.code != .tooLarge, error.code != .refused { failure = error }
            }
        }
        sender.end(
            flight, count: records.count - refusals.count,
            timeoutMilliseconds: configuration.deliveryTimeoutMilliseconds)
        return records.indices.map { index in
            if let refusal = refusals[index] { return .failure(refusal) }
            return result(flight.outcome(index), topic, partitions[index], sender)
        }
    }

    /// Waits for room when the queue is full, at most as long as librdkafka tries to send what fills it.
    private func submit(
        _ record: LogRecord, _ partition: Int32, to handle: TopicHandle, _ sender: RecordSender, _ flight: Flight,
        _ index: Int
    ) throws(LogError) {
        let deadline = Deadline(milliseconds: configuration.deliveryTimeoutMilliseconds)
        while true {
            let error = try unsafe form.withCRecord(record) { record in
                unsafe sender.send(record, to: handle, partition: partition, flight, index: index)
            }
            guard let error else { return }
            guard error.isQueueFull, flight.waitForProgress(until: deadline) else { throw LogError(error) }
        }
    }

    private func result(
        _ outcome: (offset: Int64, response: rd_kafka_resp_err_t), _ topic: Topic, _ partition: Int32,
        _ sender: RecordSender
    ) -> Result<LogPosition, LogError> {
        guard outcome.response == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let error = KafkaError(outcome.response, doing: "append a record")
            return .failure(LogError(error.explained(by: sender.recentProblem)))
        }
        guard outcome.offset >= 0 else {
            // A repeated request that the broker knew already; to append it again is harmless (I2).
            return .failure(LogError(.unavailable, "a record is in the log, but the broker did not say where"))
        }
        return .success(LogPosition(topic: topic, partition: partition, offset: outcome.offset))
    }
}
