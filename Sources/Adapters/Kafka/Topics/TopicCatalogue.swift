import CKafka
import Events
import Synchronization

/// Answers questions about the log's topics, through a client of its own.
final class TopicCatalogue: Sendable {
    private let configuration: KafkaConfiguration
    private let recorded: [Topic: Int32]
    private let checked = Mutex<Set<Topic>>([])
    let client: SharedClient<KafkaClient>

    /// `recorded` says how many partitions each topic was created with.
    init(_ configuration: KafkaConfiguration, recorded: [Topic: Int32], observers: KafkaObservers) {
        self.configuration = configuration
        self.recorded = recorded
        client = SharedClient { () throws(KafkaError) in
            try KafkaClient(configuration, role: .catalogue, observers: observers)
        } close: {
            $0.close()
        }
    }

    /// The topic's name on the brokers.
    func name(of topic: Topic) -> String { configuration.topicPrefix + topic.name }

    /// Number of partitions as recorded.
    func recordedPartitionCount(of topic: Topic) -> Int32 { recorded[topic, default: topic.initialPartitionCount] }

    /// Number of partitions as recorded; the first call of a process compares it with the brokers'.
    func partitionCount(of topic: Topic) throws(LogError) -> Int32 {
        let expected = recordedPartitionCount(of: topic)
        if checked.withLock({ $0.contains(topic) }) { return expected }
        let found: Int32?
        do throws(KafkaError) {
            found = try client.withClient { client throws(KafkaError) in
                try ask(client) { () throws(KafkaError) in try partitionCount(of: topic, client) }
            }
        } catch {
            throw LogError(error)
        }
        guard let found else {
            throw LogError(.mismatch, "there is no topic \(name(of: topic)): create it with `ingest topics`")
        }
        guard found == expected else {
            throw LogError(
                .mismatch, "\(name(of: topic)) has \(found) partitions, the log was created with \(expected)")
        }
        checked.withLock { _ = $0.insert(topic) }
        return expected
    }

    /// The offset after the last record of each partition.
    func endOffsets(of topic: Topic) throws(LogError) -> [Int64] {
        _ = try partitionCount(of: topic)
        do throws(KafkaError) {
            return try ends(of: topic)
        } catch {
            throw LogError(error)
        }
    }

    /// The same for a topic whose partitions were compared before, asked in one request a broker.
    func ends(of topic: Topic) throws(KafkaError) -> [Int64] {
        try client.withClient { client throws(KafkaError) in
            try ask(client) { () throws(KafkaError) in
                try endOffsets(of: topic, count: recordedPartitionCount(of: topic), client)
            }
        }
    }

    /// Asks again while the answer is that a broker is away or a leader has moved, as long as a request may take.
    private func ask<Answer>(
        _ client: KafkaClient, _ body: () throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        let deadline = Deadline(milliseconds: configuration.requestTimeoutMilliseconds)
        while true {
            do {
                return try body()
            } catch {
                guard error.isRetriable, !deadline.isOver else { throw error.explained(by: client.recentProblem) }
                deadline.pause()
            }
        }
    }

    /// Nil when there is no such topic, or not yet.
    func partitionCount(of topic: Topic, _ client: KafkaClient) throws(KafkaError) -> Int32? {
        guard let handle = unsafe rd_kafka_topic_new(client.pointer, name(of: topic), nil) else {
            throw KafkaError(.unexpected, "librdkafka takes no topic named \(name(of: topic))")
        }
        defer { unsafe rd_kafka_topic_destroy(handle) }
        var found: UnsafePointer<rd_kafka_metadata>?
        let response = unsafe rd_kafka_metadata(
            client.pointer, 0, handle, &found, Int32(clamping: configuration.requestTimeoutMilliseconds))
        guard response == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata = unsafe found else {
            throw KafkaError(response, doing: "learn about \(name(of: topic))")
        }
        defer { unsafe rd_kafka_metadata_destroy(metadata) }
        guard unsafe metadata.pointee.topic_cnt == 1 else { return nil }
        let answer = unsafe metadata.pointee.topics[0]
        switch unsafe answer.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return unsafe answer.partition_cnt
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC: return nil
        default: throw unsafe KafkaError(answer.err, doing: "learn about \(name(of: topic))")
        }
    }

    /// `rd_kafka_offsets_for_times` passes its times on as they are, and -1 asks for the end (ListOffsets).
    private func endOffsets(
        of topic: Topic, count: Int32, _ client: KafkaClient
    ) throws(KafkaError) -> [Int64] {
        guard let list = unsafe rd_kafka_topic_partition_list_new(count) else {
            throw KafkaError(.unexpected, "out of memory")
        }
        defer { unsafe rd_kafka_topic_partition_list_destroy(list) }
        for partition in 0..<count {
            let element = unsafe rd_kafka_topic_partition_list_add(list, name(of: topic), partition)
            unsafe element?.pointee.offset = Int64(RD_KAFKA_OFFSET_END)
        }
        let response = unsafe rd_kafka_offsets_for_times(
            client.pointer, list, Int32(clamping: configuration.requestTimeoutMilliseconds))
        guard response == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(response, doing: "learn the end of \(name(of: topic))")
        }
        var offsets = [Int64](repeating: 0, count: Int(count))
        for index in 0..<Int(count) {
            let element = unsafe list.pointee.elems[index]
            guard unsafe element.err == RD_KAFKA_RESP_ERR_NO_ERROR, unsafe element.offset >= 0 else {
                let reason =
                    unsafe element.err == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE : element.err
                throw KafkaError(reason, doing: "learn the end of \(name(of: topic))")
            }
            unsafe offsets[Int(element.partition)] = element.offset
        }
        return offsets
    }
}
