import CKafka
import Events

/// What librdkafka fetches of one topic, sorted by partition until it is handed out. Has a queue of its own, so that
/// what is read of one topic never waits behind another's.
@safe final class TopicFeed {
    private let topic: Topic
    private let handle: TopicHandle
    private let queue: OpaquePointer
    private var partitions: [PartitionFeed]
    /// The offset asked for by partition; nil for those not asked for.
    private var wanted: [Int64?]
    private var arrived: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var attributes = RecordAttributes()
    private var pendingCount = 0
    private var pendingByteCount = 0
    /// Where the next batch begins: after the partition in which the last one hit a bound, so that none starves.
    private var firstPartition = 0
    /// Until when a partition that was just started may keep a read waiting for its first answer.
    private var startDeadline = Deadline(milliseconds: 0)
    private let startGraceMilliseconds: Int
    /// Most messages taken out of the queue at a time; also how far a read may take more than it was asked for, so that
    /// a busy partition does not hide the others.
    private static let takeCount = 4_096

    init(
        _ client: KafkaClient, _ handle: TopicHandle, _ topic: Topic, partitionCount: Int32,
        _ configuration: KafkaConfiguration
    ) throws(KafkaError) {
        guard let queue = unsafe rd_kafka_queue_new(client.pointer) else {
            throw KafkaError(.unexpected, "out of memory")
        }
        unsafe self.queue = queue
        self.handle = handle
        self.topic = topic
        partitions = (0..<partitionCount).map { _ in PartitionFeed() }
        wanted = Array(repeating: nil, count: Int(partitionCount))
        unsafe arrived = .allocate(capacity: Self.takeCount)
        unsafe arrived.initialize(repeating: nil)
        startGraceMilliseconds = 2 * configuration.fetchWaitMilliseconds + 500
    }

    deinit {
        for index in partitions.indices { stop(index) }
        unsafe rd_kafka_queue_destroy(queue)
        unsafe arrived.deallocate()
    }

    /// Whether nothing waits to be handed out.
    var isEmpty: Bool { pendingCount == 0 }

    /// Whether every partition asked for has met its end and nothing has come since.
    var isAtEnd: Bool { zip(wanted, partitions).allSatisfy { $0 == nil || $1.isAtEnd } }

    /// Whether what waits fills a batch, and no partition that was just started has yet to be heard of.
    func fills(_ count: Int, byteCount: Int) -> Bool {
        guard pendingCount >= count || pendingByteCount >= byteCount else { return false }
        return startDeadline.isOver || zip(wanted, partitions).allSatisfy { $0 == nil || $1.isHeard }
    }

    /// Whether everything before these ends has arrived.
    func hasReached(_ ends: [Int64]) -> Bool {
        zip(wanted, zip(partitions, ends)).allSatisfy { $0 == nil || $1.0.reached >= $1.1 }
    }

    /// A position after the end belongs to another log, or to one that has lost records.
    func checkPositions(against ends: [Int64]) throws(KafkaError) {
        for (partition, end) in ends.enumerated() {
            if let offset = wanted[partition], offset > end {
                throw KafkaError(
                    RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
                    doing: "read \(topic.name)/\(partition) from \(offset): it ends at \(end)")
            }
        }
    }

    /// Fetches exactly these partitions from these offsets; those that stand there already go on undisturbed.
    func stand(at positions: [LogPosition]) throws(KafkaError) {
        for index in wanted.indices { wanted[index] = nil }
        for position in positions {
            guard wanted.indices.contains(Int(position.partition)), position.offset >= 0 else {
                throw KafkaError(
                    RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
                    doing: "read \(topic.name)/\(position.partition) from \(position.offset)")
            }
            wanted[Int(position.partition)] = position.offset
        }
        for index in partitions.indices {
            guard let offset = wanted[index] else {
                stop(index)
                continue
            }
            if partitions[index].isStarted, partitions[index].next == offset { continue }
            stop(index)
            try start(index, at: offset)
        }
    }

    /// Takes what has arrived, without waiting, until that fills a batch.
    func takeArrived(upTo count: Int, byteCount: Int) throws(KafkaError) {
        while pendingCount < max(count, Self.takeCount), pendingByteCount < byteCount || pendingCount < Self.takeCount {
            guard try take(timeoutMilliseconds: 0, count: Self.takeCount) == Self.takeCount else { return }
        }
    }

    /// Waits for the next thing to arrive, a record or a partition's end; false when the time is over.
    func awaitArrival(timeoutMilliseconds: Int32) throws(KafkaError) -> Bool {
        // Asked for more than one, librdkafka would wait until it has them all.
        try take(timeoutMilliseconds: timeoutMilliseconds, count: 1) > 0
    }

    /// Appends to `batch`, by partition, what waits, up to the bounds; at least one record if there is any.
    func handOut(maximumCount: Int, maximumByteCount: Int, into batch: inout RecordBatch) {
        var count = 0
        var byteCount = 0
        for step in partitions.indices {
            let index = (firstPartition + step) % partitions.count
            while let message = unsafe partitions[index].first {
                let size = unsafe message.pointee.key_len + message.pointee.len
                guard count < maximumCount, count == 0 || byteCount + size <= maximumByteCount else {
                    firstPartition = (index + 1) % partitions.count
                    return
                }
                unsafe append(message, to: &batch)
                partitions[index].removeFirst()
                unsafe rd_kafka_message_destroy(message)
                count += 1
                byteCount += size
                pendingCount -= 1
                pendingByteCount -= size
            }
        }
    }

    private func append(_ message: UnsafeMutablePointer<rd_kafka_message_t>, to batch: inout RecordBatch) {
        unsafe attributes.read(message)
        let record = unsafe message.pointee
        unsafe batch.append(
            position: LogPosition(topic: topic, partition: record.partition, offset: record.offset),
            id: attributes.id, kind: attributes.kind, time: attributes.time,
            key: Self.bytes(record.key, record.key_len), source: attributes.source,
            value: Self.bytes(record.payload, record.len))
    }

    private static func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// How many messages and ends came.
    private func take(timeoutMilliseconds: Int32, count: Int) throws(KafkaError) -> Int {
        let found = unsafe rd_kafka_consume_batch_queue(queue, timeoutMilliseconds, arrived.baseAddress, count)
        guard found >= 0 else { throw KafkaError(rd_kafka_last_error(), doing: "fetch records") }
        var failure: KafkaError?
        for index in 0..<found {
            guard let message = unsafe arrived[index] else { continue }
            if let error = unsafe sort(message) { failure = error }
        }
        if let failure { throw failure }
        return found
    }

    /// Puts a message to its partition's, or learns what it says and destroys it.
    private func sort(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> KafkaError? {
        let (response, index) = unsafe (message.pointee.err, Int(message.pointee.partition))
        let offset = unsafe message.pointee.offset
        if partitions.indices.contains(index), partitions[index].isStarted {
            if response == RD_KAFKA_RESP_ERR_NO_ERROR, offset >= partitions[index].reached {
                pendingCount += 1
                unsafe pendingByteCount += message.pointee.key_len + message.pointee.len
                unsafe partitions[index].append(message)
                return nil
            }
            if response == RD_KAFKA_RESP_ERR__PARTITION_EOF { partitions[index].meetEnd(at: offset) }
        }
        unsafe rd_kafka_message_destroy(message)
        if response == RD_KAFKA_RESP_ERR_NO_ERROR || response == RD_KAFKA_RESP_ERR__PARTITION_EOF { return nil }
        // The next read starts the partition anew.
        if partitions.indices.contains(index) { stop(index) }
        return KafkaError(response, doing: "read \(topic.name)/\(index)")
    }

    private func start(_ index: Int, at offset: Int64) throws(KafkaError) {
        guard unsafe rd_kafka_consume_start_queue(handle.pointer, Int32(index), offset, queue) == 0 else {
            throw KafkaError(rd_kafka_last_error(), doing: "fetch \(topic.name)/\(index)")
        }
        partitions[index].start(at: offset)
        startDeadline = Deadline(milliseconds: startGraceMilliseconds)
    }

    /// What was fetched and is still in the queue counts as outdated from here on, and is dropped by librdkafka.
    private func stop(_ index: Int) {
        guard partitions[index].isStarted else { return }
        while let message = unsafe partitions[index].first {
            pendingCount -= 1
            unsafe pendingByteCount -= message.pointee.key_len + message.pointee.len
            partitions[index].removeFirst()
            unsafe rd_kafka_message_destroy(message)
        }
        partitions[index].stop()
        // Fails only for a partition that was not started.
        _ = unsafe rd_kafka_consume_stop(handle.pointer, Int32(index))
    }
}
