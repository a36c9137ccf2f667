/// How to reach the brokers and what to keep waiting for them.
public struct KafkaConfiguration: Sendable, CustomStringConvertible, CustomReflectable {
    /// `host:port`, several separated by commas.
    public var bootstrapServers: String
    /// Put before every topic's name, so that several logs can share a cluster, for example `staging.`.
    public var topicPrefix = ""
    /// Further settings of librdkafka by name: TLS and SASL (`security.protocol`, `ssl.ca.location`, `sasl.password`).
    /// Those on which the log's promises rest are refused: see `reservedSettings`.
    public var settings: [String: String] = [:]

    /// How long one append waits for its acknowledgements, and librdkafka goes on sending, before a record fails.
    public var deliveryTimeoutMilliseconds = 30_000
    /// How long a question (metadata, end offsets) and a read that gets nothing wait.
    public var requestTimeoutMilliseconds = 10_000
    /// How long closing a client waits for librdkafka before it is left to itself.
    public var closeTimeoutMilliseconds = 5_000
    /// How long a record waits for others to share its request.
    public var lingerMilliseconds = 2
    /// Most records and kilobytes that wait for acknowledgement in a process; an append beyond them waits for room.
    public var sendQueueRecords = 200_000
    /// See `sendQueueRecords`.
    public var sendQueueKilobytes = 262_144
    /// `lz4`, `zstd`, `gzip`, `snappy` or `none`.
    public var compression = "lz4"
    /// Most records and kilobytes fetched ahead of a reader, of all partitions together. A full queue makes
    /// librdkafka 2.0 pause for up to a second, so it holds what is read in one. A record costs about as much again.
    public var fetchQueueRecords = 500_000
    /// See `fetchQueueRecords`.
    public var fetchQueueKilobytes = 131_072
    /// How long a broker holds a request that finds nothing; also how late a new partition may join a reader's request.
    public var fetchWaitMilliseconds = 50
    /// How often librdkafka's statistics are handed out; 0 for never.
    public var statisticsIntervalMilliseconds = 0

    /// Defaults for the brokers at these addresses.
    public init(bootstrapServers: String) { self.bootstrapServers = bootstrapServers }

    /// What the log sets itself: a value of yours would break I4 or I5.
    public static let reservedSettings: Set<String> = [
        "acks", "request.required.acks", "enable.idempotence", "transactional.id", "enable.auto.commit",
        "enable.auto.offset.store", "enable.partition.eof", "auto.offset.reset", "partitioner", "group.id", "retries",
        "message.send.max.retries", "max.in.flight", "max.in.flight.requests.per.connection", "message.timeout.ms",
        "delivery.timeout.ms", "delivery.report.only.error", "log.queue", "bootstrap.servers", "metadata.broker.list",
    ]

    /// The values of settings are never shown: any of them may be a secret.
    public var description: String {
        "\(bootstrapServers) prefix=\(topicPrefix) settings=\(settings.keys.sorted().joined(separator: ","))"
    }

    /// Has no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a log tells its process, from librdkafka's own threads' queue: both are called on a thread of the client and
/// must not block.
public struct KafkaObservers: Sendable {
    /// Gets what librdkafka says by itself.
    public var notice: @Sendable (KafkaNotice) -> Void
    /// Gets librdkafka's statistics, a JSON document, with the client's name.
    public var statistics: @Sendable (_ client: String, _ json: String) -> Void

    /// Observers that ignore what they are not given for.
    public init(
        notice: @escaping @Sendable (KafkaNotice) -> Void = { _ in },
        statistics: @escaping @Sendable (_ client: String, _ json: String) -> Void = { _, _ in }
    ) {
        self.notice = notice
        self.statistics = statistics
    }
}
