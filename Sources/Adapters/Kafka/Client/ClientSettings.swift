import CKafka

/// Owns one `rd_kafka_conf_t` until a client takes it over.
@safe struct ClientSettings: ~Copyable {
    /// What a client is for.
    enum Role: Sendable {
        /// Sends records, idempotently and acknowledged by all replicas in sync.
        case producer
        /// Fetches partitions it is told to.
        case reader
        /// Asks for metadata and offsets, creates topics. Apart from the reader, whose connection is busy with requests
        /// the broker holds back until something arrives.
        case catalogue

        /// As in notices, statistics and the brokers' logs.
        var name: String {
            switch self {
            case .producer: "producer"
            case .reader: "reader"
            case .catalogue: "catalogue"
            }
        }
    }

    private var pointer: OpaquePointer?

    /// Throws `invalidSetting`, naming the setting and never its value.
    init(_ configuration: KafkaConfiguration, role: Role) throws(KafkaError) {
        unsafe pointer = rd_kafka_conf_new()
        try set("client.id", "wallet-pnl-\(role.name)")
        for (name, value) in Self.defaults(configuration, role) { try set(name, value) }
        for (name, value) in configuration.settings {
            guard !KafkaConfiguration.reservedSettings.contains(name) else {
                throw KafkaError(.invalidSetting, "\(name) is the log's own to set")
            }
            try set(name, value)
        }
        let events = RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS | RD_KAFKA_EVENT_LOG
        unsafe rd_kafka_conf_set_events(pointer, events)
    }

    deinit { if let pointer = unsafe pointer { unsafe rd_kafka_conf_destroy(pointer) } }

    private func set(_ name: String, _ value: String) throws(KafkaError) {
        // The library's own words repeat the value, hence no buffer for them.
        guard unsafe rd_kafka_conf_set(pointer, name, value, nil, 0) == RD_KAFKA_CONF_OK else {
            throw KafkaError(.invalidSetting, "\(name) is unknown or its value is not allowed")
        }
    }

    /// Makes the client, which takes the settings over.
    consuming func makeClient(_ role: Role) throws(KafkaError) -> OpaquePointer {
        let type = role == .reader ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        var reason = [CChar](repeating: 0, count: 512)
        guard let client = unsafe rd_kafka_new(type, pointer, &reason, reason.count) else {
            // The settings stay ours. The reasons name files and settings, never their secrets.
            let text = String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw KafkaError(.invalidSetting, "a client cannot be made: \(text)")
        }
        unsafe pointer = nil
        return unsafe client
    }

    private static func defaults(_ configuration: KafkaConfiguration, _ role: Role) -> [(String, String)] {
        let common = [
            ("bootstrap.servers", configuration.bootstrapServers),
            ("log.queue", "true"),
            ("log.connection.close", "false"),
            ("statistics.interval.ms", String(configuration.statisticsIntervalMilliseconds)),
            ("topic.metadata.refresh.interval.ms", "60000"),
            ("reconnect.backoff.max.ms", "1000"),
            ("allow.auto.create.topics", "false"),
        ]
        return switch role {
        case .producer: common + producer(configuration)
        case .reader: common + reader(configuration)
        case .catalogue: common
        }
    }

    private static func producer(_ configuration: KafkaConfiguration) -> [(String, String)] {
        [
            ("acks", "all"),
            ("enable.idempotence", "true"),
            ("message.timeout.ms", String(configuration.deliveryTimeoutMilliseconds)),
            ("linger.ms", String(configuration.lingerMilliseconds)),
            ("queue.buffering.max.messages", String(configuration.sendQueueRecords)),
            ("queue.buffering.max.kbytes", String(configuration.sendQueueKilobytes)),
            ("message.max.bytes", String(KafkaTopicSettings.maximumRequestByteCount)),
            ("batch.size", "1000000"),
            ("batch.num.messages", "20000"),
            ("compression.type", configuration.compression),
        ]
    }

    private static func reader(_ configuration: KafkaConfiguration) -> [(String, String)] {
        [
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("enable.partition.eof", "true"),
            ("auto.offset.reset", "error"),
            ("check.crcs", "true"),
            ("queued.min.messages", String(configuration.fetchQueueRecords)),
            ("queued.max.messages.kbytes", String(configuration.fetchQueueKilobytes)),
            ("fetch.wait.max.ms", String(configuration.fetchWaitMilliseconds)),
            ("fetch.message.max.bytes", String(KafkaTopicSettings.maximumBatchByteCount)),
            ("fetch.error.backoff.ms", "100"),
        ]
    }
}
