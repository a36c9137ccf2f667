import CKafka

/// How far one partition was fetched, and what of it waits to be handed out.
@safe struct PartitionFeed {
    /// Whether librdkafka fetches it.
    private(set) var isStarted = false
    /// The first offset that was not handed out.
    private(set) var next: Int64 = 0
    /// Whatever lies before has arrived.
    private(set) var reached: Int64 = 0
    /// Whether anything came since it was started: a record, or its end.
    private(set) var isHeard = false
    /// Whether its end came last.
    private(set) var isAtEnd = false
    private var messages: [UnsafeMutablePointer<rd_kafka_message_t>] = unsafe []
    private var head = 0

    /// The next message to hand out.
    var first: UnsafeMutablePointer<rd_kafka_message_t>? {
        unsafe head < messages.count ? messages[head] : nil
    }

    /// Begins anew; nothing may wait.
    mutating func start(at offset: Int64) {
        self = PartitionFeed()
        isStarted = true
        next = offset
        reached = offset
    }

    /// Ends; nothing may wait.
    mutating func stop() { self = PartitionFeed() }

    /// A message has arrived.
    mutating func append(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        unsafe messages.append(message)
        unsafe reached = message.pointee.offset + 1
        isHeard = true
        isAtEnd = false
    }

    /// All before `offset` has arrived, and there was no more.
    mutating func meetEnd(at offset: Int64) {
        reached = max(reached, offset)
        isHeard = true
        isAtEnd = true
    }

    /// The first message is handed out, or dropped.
    mutating func removeFirst() {
        unsafe next = messages[head].pointee.offset + 1
        head += 1
        guard unsafe head == messages.count else { return }
        unsafe messages.removeAll(keepingCapacity: true)
        head = 0
    }
}
