import CKafka
import Events

/// Reads partitions it is told to, without a consumer group; confined to one thread.
///
/// librdkafka fetches ahead. A read takes what has arrived and, unless that fills its bounds, learns the partitions'
/// ends and waits until it has come that far: what was acknowledged before a read began is in it.
final class KafkaLogReader: LogReader {
    private let configuration: KafkaConfiguration
    private let catalogue: TopicCatalogue
    private let observers: KafkaObservers
    private var client: KafkaClient?
    private var feeds: [Topic: TopicFeed] = [:]
    private var isClosed = false

    init(_ configuration: KafkaConfiguration, catalogue: TopicCatalogue, observers: KafkaObservers) {
        self.configuration = configuration
        self.catalogue = catalogue
        self.observers = observers
        catalogue.client.retain()
    }

    deinit { close() }

    func read(
        from positions: [LogPosition], maximumCount: Int, maximumByteCount: Int, into batch: inout RecordBatch
    ) throws(LogError) {
        guard let topic = try topic(of: positions) else { return }
        let feed = try feed(of: topic)
        let count = max(1, maximumCount)
        do throws(KafkaError) {
            try feed.stand(at: positions)
            try feed.takeArrived(upTo: count, byteCount: maximumByteCount)
            if !feed.fills(count, byteCount: maximumByteCount) {
                try fill(feed, topic, count, maximumByteCount)
            }
        } catch {
            throw LogError(error)
        }
        feed.handOut(maximumCount: count, maximumByteCount: maximumByteCount, into: &batch)
    }

    /// Waits until the bounds are filled or the ends, as they were when it began, are reached.
    private func fill(_ feed: TopicFeed, _ topic: Topic, _ count: Int, _ byteCount: Int) throws(KafkaError) {
        let ends: [Int64]
        do {
            ends = try catalogue.ends(of: topic)
        } catch {
            // What has arrived can be read while the brokers are away.
            guard feed.isEmpty else { return }
            throw error
        }
        try feed.checkPositions(against: ends)
        var deadline = Deadline(milliseconds: configuration.requestTimeoutMilliseconds)
        while !feed.fills(count, byteCount: byteCount), !feed.hasReached(ends) {
            guard !deadline.isOver else {
                guard feed.isEmpty else { return }
                throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "fetch records")
            }
            if try feed.awaitArrival(timeoutMilliseconds: deadline.remainingMilliseconds) {
                try feed.takeArrived(upTo: count, byteCount: byteCount)
                deadline = Deadline(milliseconds: configuration.requestTimeoutMilliseconds)
            }
        }
    }

    func wait(for positions: [LogPosition], timeoutMilliseconds: Int) throws(LogError) -> Bool {
        guard let topic = try topic(of: positions) else { return false }
        let feed = try feed(of: topic)
        let deadline = Deadline(milliseconds: timeoutMilliseconds)
        do throws(KafkaError) {
            try feed.stand(at: positions)
            try feed.takeArrived(upTo: 1, byteCount: 1)
            if !feed.isEmpty { return true }
            // Where the end was met, the broker holds a request that is answered by the next record.
            if !feed.isAtEnd {
                let ends = try catalogue.ends(of: topic)
                try feed.checkPositions(against: ends)
                if !feed.hasReached(ends) { return true }
            }
            while feed.isEmpty {
                guard !deadline.isOver else { return false }
                _ = try feed.awaitArrival(timeoutMilliseconds: deadline.remainingMilliseconds)
            }
            return true
        } catch {
            throw LogError(error)
        }
    }

    func endOffsets(of topic: Topic) throws(LogError) -> [Int64] {
        guard !isClosed else { throw LogError(.closed, "the reader was closed") }
        return try catalogue.endOffsets(of: topic)
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        feeds = [:]
        client?.close()
        client = nil
        catalogue.client.release()
    }

    private func topic(of positions: [LogPosition]) throws(LogError) -> Topic? {
        guard !isClosed else { throw LogError(.closed, "the reader was closed") }
        guard let topic = positions.first?.topic else { return nil }
        guard positions.allSatisfy({ $0.topic == topic }) else {
            throw LogError(.refused, "one read is of one topic")
        }
        return topic
    }

    private func feed(of topic: Topic) throws(LogError) -> TopicFeed {
        if let feed = feeds[topic] { return feed }
        let count = try catalogue.partitionCount(of: topic)
        do throws(KafkaError) {
            let client = try openClient()
            let handle = try TopicHandle(client, name: catalogue.name(of: topic))
            let feed = try TopicFeed(client, handle, topic, partitionCount: count, configuration)
            feeds[topic] = feed
            return feed
        } catch {
            throw LogError(error)
        }
    }

    private func openClient() throws(KafkaError) -> KafkaClient {
        if let client { return client }
        let client = try KafkaClient(configuration, role: .reader, observers: observers)
        self.client = client
        return client
    }
}
