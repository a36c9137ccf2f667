/// What the log's topics are created with. Records are kept for ever: the log is the only truth (I1).
public struct KafkaTopicSettings: Sendable, Hashable {
    /// Copies of each partition; 1 on a single broker.
    public var replicationFactor: Int32 = 3
    /// Copies that must have a record before it is acknowledged; 1 on a single broker.
    public var minimumInSyncReplicas = 2
    /// `producer` keeps batches as they were sent; a codec's name makes the broker pack them again.
    public var compression = "producer"

    /// Defaults for a cluster of at least three brokers.
    public init() {}

    /// Settings for a single broker, as on a developer's machine.
    public static var singleBroker: KafkaTopicSettings {
        var settings = KafkaTopicSettings()
        settings.replicationFactor = 1
        settings.minimumInSyncReplicas = 1
        return settings
    }

    /// Largest request of a producer: a value of the greatest size with its key and headers, alone in its batch.
    static let maximumRequestByteCount = 2 << 20
    /// Largest batch a topic takes; more than a producer sends, since librdkafka may exceed its bound by a record.
    static let maximumBatchByteCount = 4 << 20

    /// By the names of Kafka's own topic settings.
    var configuration: [(name: String, value: String)] {
        [
            ("cleanup.policy", "delete"),
            ("retention.ms", "-1"),
            ("retention.bytes", "-1"),
            ("compression.type", compression),
            ("max.message.bytes", String(Self.maximumBatchByteCount)),
            ("min.insync.replicas", String(minimumInSyncReplicas)),
        ]
    }
}
