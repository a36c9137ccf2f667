public import Events

/// The log on Apache Kafka (design.md, Log): a topic each, records with the headers of the CloudEvents Kafka binding.
///
/// Clients are made when they are needed and closed with the last appender or reader that uses them. Offsets can have
/// gaps. Leases are kept elsewhere, since Kafka has no place for them that a compare-and-set could use.
public final class KafkaLog: EventLog {
    private let configuration: KafkaConfiguration
    private let observers: KafkaObservers
    private let catalogue: TopicCatalogue
    private let senders: SharedClient<RecordSender>
    private let ownership: @Sendable (_ group: String) throws -> any PartitionOwnership

    /// A log on these brokers. `partitionCounts` are those recorded in `base.log`; topics with others are refused,
    /// since wallets would move between partitions. `makeOwnership` opens the leases of a group.
    public init(
        _ configuration: KafkaConfiguration, partitionCounts: [Topic: Int32] = [:],
        observers: KafkaObservers = KafkaObservers(),
        makeOwnership: @escaping @Sendable (_ group: String) throws -> any PartitionOwnership
    ) {
        self.configuration = configuration
        self.observers = observers
        ownership = makeOwnership
        let catalogue = TopicCatalogue(configuration, recorded: partitionCounts, observers: observers)
        self.catalogue = catalogue
        senders = SharedClient { () throws(KafkaError) in
            try RecordSender(configuration, catalogue: catalogue, observers: observers)
        } close: {
            $0.close()
        }
    }

    /// Opens an appender; it connects with its first append.
    public func makeAppender() -> any LogAppender {
        KafkaLogAppender(configuration, catalogue: catalogue, senders: senders)
    }

    /// Opens a reader; it connects with its first read.
    public func makeReader() -> any LogReader {
        KafkaLogReader(configuration, catalogue: catalogue, observers: observers)
    }

    /// Opens the leases of a group, with what the initialiser was given.
    public func makeOwnership(group: String) throws -> any PartitionOwnership { try ownership(group) }

    /// Number of partitions as recorded; throws `LogError` (`mismatch`) when the topic is missing or has another.
    public func partitionCount(of topic: Topic) throws -> Int32 { try catalogue.partitionCount(of: topic) }

    /// Creates the topics that are missing, with the recorded partition counts, and returns them. Throws `mismatch`
    /// when one exists with another count. Needs the right to create topics, which the services do not have.
    public func createTopics(
        _ topics: [Topic] = Topic.allCases, settings: KafkaTopicSettings = KafkaTopicSettings()
    ) throws(LogError) -> [Topic] {
        try catalogue.create(topics, settings: settings)
    }

    /// Deletes topics with all that is in them. For tests.
    func deleteTopics(_ topics: [Topic] = Topic.allCases) throws(LogError) { try catalogue.delete(topics) }
}
