import CKafka
import Events

/// Creates and deletes topics: one request, one answer for each topic.
extension TopicCatalogue {
    /// Creates those that are missing; returns which. Throws `mismatch` when one exists with another partition count.
    func create(_ topics: [Topic], settings: KafkaTopicSettings) throws(LogError) -> [Topic] {
        var missing: [Topic] = []
        do throws(KafkaError) {
            missing = try client.withClient { client throws(KafkaError) in
                var missing: [Topic] = []
                for topic in topics where try partitionCount(of: topic, client) == nil { missing.append(topic) }
                if !missing.isEmpty { try request(creationOf: missing, settings, client) }
                return missing
            }
        } catch {
            throw LogError(error)
        }
        // The brokers learn of a new topic one after the other.
        for topic in missing { try awaitCreation(of: topic) }
        for topic in topics { _ = try partitionCount(of: topic) }
        return missing
    }

    /// Deletes topics with all that is in them. For tests: the log itself never forgets.
    func delete(_ topics: [Topic]) throws(LogError) {
        do throws(KafkaError) {
            try client.withClient { client throws(KafkaError) in
                var requests = unsafe topics.map { topic in unsafe rd_kafka_DeleteTopic_new(name(of: topic)) }
                defer { unsafe rd_kafka_DeleteTopic_destroy_array(&requests, requests.count) }
                try unsafe answer(client, "delete topics") { queue in
                    unsafe rd_kafka_DeleteTopics(client.pointer, &requests, requests.count, nil, queue)
                }
            }
        } catch {
            throw LogError(error)
        }
    }

    private func awaitCreation(of topic: Topic) throws(LogError) {
        let deadline = Deadline(milliseconds: 10_000)
        while true {
            do {
                _ = try endOffsets(of: topic)
                return
            } catch {
                guard !deadline.isOver else { throw error }
                deadline.pause()
            }
        }
    }

    private func request(
        creationOf topics: [Topic], _ settings: KafkaTopicSettings, _ client: KafkaClient
    ) throws(KafkaError) {
        var requests: [OpaquePointer?] = unsafe []
        defer { unsafe rd_kafka_NewTopic_destroy_array(&requests, requests.count) }
        for topic in topics {
            let request = unsafe rd_kafka_NewTopic_new(
                name(of: topic), recordedPartitionCount(of: topic), settings.replicationFactor, nil, 0)
            guard let request = unsafe request else {
                throw KafkaError(.invalidSetting, "librdkafka takes no such topic: \(name(of: topic)), \(settings)")
            }
            unsafe requests.append(request)
            for (name, value) in settings.configuration {
                let response = unsafe rd_kafka_NewTopic_set_config(request, name, value)
                guard response == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    throw KafkaError(response, doing: "set \(name) of a topic")
                }
            }
        }
        try unsafe answer(client, "create topics") { queue in
            unsafe rd_kafka_CreateTopics(client.pointer, &requests, requests.count, nil, queue)
        }
    }

    /// Sends a request and checks the answer for each topic.
    private func answer(
        _ client: KafkaClient, _ doing: String, _ send: (OpaquePointer) -> Void
    ) throws(KafkaError) {
        guard let queue = unsafe rd_kafka_queue_new(client.pointer) else {
            throw KafkaError(.unexpected, "out of memory")
        }
        defer { unsafe rd_kafka_queue_destroy(queue) }
        unsafe send(queue)
        // The request has a timeout of its own, after which it answers with an error.
        guard let event = unsafe rd_kafka_queue_poll(queue, -1) else {
            throw KafkaError(.unexpected, "librdkafka does not answer")
        }
        defer { unsafe rd_kafka_event_destroy(event) }
        let response = unsafe rd_kafka_event_error(event)
        guard response == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(response, doing: doing) }
        var count = 0
        let results: UnsafeMutablePointer<OpaquePointer?>?
        if let created = unsafe rd_kafka_event_CreateTopics_result(event) {
            unsafe results = rd_kafka_CreateTopics_result_topics(created, &count)
        } else {
            unsafe results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
        }
        for index in 0..<count {
            guard let result = unsafe results?[index] else { continue }
            let response = unsafe rd_kafka_topic_result_error(result)
            // Somebody else was faster; whether the topic is as it should be is looked at next.
            if response == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { continue }
            guard response == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw unsafe KafkaError(
                    response, doing: "\(doing) (\(String(cString: rd_kafka_topic_result_name(result))))")
            }
        }
    }
}
