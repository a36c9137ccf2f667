/// A topic of the log (design.md, Log). The raw value is stored; it is never reused.
public enum Topic: Int16, Sendable, Hashable, CaseIterable {
    case walletTransactions = 1
    case providerPayloads = 2
    case jobs = 3

    /// The topic's name on Kafka and in messages.
    public var name: String {
        switch self {
        case .walletTransactions: "wallet-transactions"
        case .providerPayloads: "provider-payloads"
        case .jobs: "jobs"
        }
    }

    /// Partitions a new log is created with; fixed from then on and recorded in `base.log`.
    public var initialPartitionCount: Int32 { self == .jobs ? 1 : 16 }
}

/// A place in the log.
public struct LogPosition: Sendable, Hashable {
    /// The topic.
    public var topic: Topic
    /// The partition, from 0.
    public var partition: Int32
    /// The offset within the partition, from 0.
    public var offset: Int64

    /// Names a place in the log.
    public init(topic: Topic, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}
