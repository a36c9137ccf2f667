import Runtime

/// The settings of `projector`.
enum ProjectorSettings {
    static let database = Setting<Secret>.secret(
        "database", environment: .named("DATABASE_URL"),
        help: "PostgreSQL connection string; its user needs the projector's role, for migrate the migrator's.")
    static let ruleSet = Setting<String>.choice(
        "rule-set", default: RuleSets.names[0], of: RuleSets.names,
        help: "What a new generation is folded with; an existing one is left as it is.")
    static let walletPartitions = Setting<Int>.integer(
        "wallet-partitions", default: 0, in: 0...1024,
        help: "Partitions of the topics keyed by wallet, fixed for ever with a new log; 0: as recorded, else 16.")
    static let kafkaBrokers = Setting<String?>.optionalText(
        "kafka-brokers", environment: .named("KAFKA_BROKERS"),
        help: "host:port,… of a log on Apache Kafka; without, the log lies in the database.")
    static let kafkaTopicPrefix = Setting<String?>.optionalText(
        "kafka-topic-prefix", environment: .named("KAFKA_TOPIC_PREFIX"), help: "Put before the names of all topics.")
    static let untilCaughtUp = Setting<Bool>.flag(
        "until-caught-up", help: "Stop once nothing is left to project, instead of following the log.")
    static let adminPort = Setting<Int>.integer(
        "admin-port", default: 8082, in: 0...65_535, help: "Port of health and metrics on loopback; 0 takes a free one."
    )
    static let batchCount = Setting<Int>.integer(
        "batch-size", default: 20_000, in: 1...1_000_000, help: "Events a batch at most.")
    static let cachedEvents = Setting<Int>.integer(
        "cached-events", default: 500_000, in: 0...100_000_000, help: "Events of hot wallets kept in memory at most.")
    static let lease = Setting<Int>.milliseconds(
        "lease-milliseconds", default: 15_000, in: 1_000...600_000,
        help: "How long a successor waits for a projector that was killed.")
    static let hash = Setting<Bool>.flag("hash", help: "Print the SHA-256 of the state instead of the state.")
    static let wallet = Setting.optionalText(
        "wallet", environment: .none, help: "Only this wallet, as chain:address.")
    static let wait = Setting<Int>.milliseconds(
        "wait", default: 0, in: 0...3_600_000, help: "Wait so long for the lag to reach zero.")
    static let logLevel = Setting<LogLevel>.choice(
        "log-level", default: .info, help: "Least level that is logged.")
}
