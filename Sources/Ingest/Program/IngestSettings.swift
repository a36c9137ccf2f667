import Runtime

/// The settings of `ingest import`, documented where they are declared.
enum IngestSettings {
    static let pages = Setting.optionalPath(
        "pages", environment: .none,
        help: "A file or directory, as if it were the first argument. Of a directory every *.json (csv: *.csv) in it, "
            + "and each one's *.prices.json beside it.")
    static let format = Setting<InputFormat>.choice(
        "format", default: .zerion, environment: .none,
        help: "What the files are: recorded pages of Zerion, or ledgers, one row a leg.")
    static let skipBad = Setting<Bool>.flag(
        "skip-bad", environment: .none,
        help: "Leave the bad rows of a ledger out, each with its transaction, instead of refusing the file.")
    static let prices = Setting.optionalPath(
        "prices", environment: .none,
        help: "Price observations: a list of {chain, address, time, price_usd, source, transaction_hash?}.")
    static let wallet = Setting.optionalText(
        "wallet", environment: .none, help: "The wallet of transactions that do not name theirs.")
    static let chain = Setting.optionalText(
        "chain", environment: .none,
        help: "The chain of transactions that name none, and where those on an unknown chain are recorded as refused.")
    static let summary = Setting.choice(
        "summary", default: "text", of: ["text", "json"], environment: .none, help: "How the summary is printed.")
    static let database = Setting.secret(
        "database", environment: .named("DATABASE_URL"), help: "Connection URL of the database, as role pnl_appender.")
    static let logLevel = Setting<LogLevel>.choice(
        "log-level", default: .warning, help: "Least important log line that is written, to standard error.")
    static let batchCount = Setting.integer(
        "batch-count", default: ImportLimits().batchCount, in: 1...10_000, help: "Most events appended at once.")
    static let batchByteCount = Setting.integer(
        "batch-byte-count", default: ImportLimits().batchByteCount, in: 1...(16 << 20),
        help: "Most bytes collected before they are appended.")
    static let leaseMilliseconds = Setting.milliseconds(
        "lease-milliseconds", default: ImportLimits().leaseMilliseconds, in: 1_000...600_000,
        help: "How long others wait for an import that was killed.")
    static let leaseWaitMilliseconds = Setting.milliseconds(
        "lease-wait-milliseconds", default: ImportLimits().leaseWaitMilliseconds, in: 0...3_600_000,
        help: "Longest wait for another import.")
    static let retryMilliseconds = Setting.milliseconds(
        "retry-milliseconds", default: ImportLimits().retryMilliseconds, in: 0...3_600_000,
        help: "Longest time a call is tried again while the database is away.")

    static let kafkaBrokers = Setting<String?>.optionalText(
        "kafka-brokers", environment: .named("KAFKA_BROKERS"),
        help: "host:port,… of a log on Apache Kafka; without, the log lies in the database.")
    static let kafkaTopicPrefix = Setting<String?>.optionalText(
        "kafka-topic-prefix", environment: .named("KAFKA_TOPIC_PREFIX"), help: "Put before the names of all topics.")
    static let replicas = Setting.integer(
        "replicas", default: 3, in: 1...9,
        help: "Copies of each partition; of them one may be missing when a record is acknowledged.")

    static let all: [any AnySetting] = [
        format, pages, prices, wallet, chain, skipBad, summary, database, kafkaBrokers, kafkaTopicPrefix, logLevel,
        batchCount, batchByteCount, leaseMilliseconds, leaseWaitMilliseconds, retryMilliseconds,
    ]
    static let topics: [any AnySetting] = [database, kafkaBrokers, kafkaTopicPrefix, replicas, logLevel]

    static func limits(_ values: SettingValues) -> ImportLimits {
        var limits = leaseLimits(values)
        limits.batchCount = values[batchCount]
        limits.batchByteCount = values[batchByteCount]
        return limits
    }

    /// The limits of a command that appends single events.
    static func leaseLimits(_ values: SettingValues) -> ImportLimits {
        var limits = ImportLimits()
        limits.leaseMilliseconds = values[leaseMilliseconds]
        limits.leaseWaitMilliseconds = values[leaseWaitMilliseconds]
        limits.retryMilliseconds = values[retryMilliseconds]
        return limits
    }
}
