import Runtime

/// The settings of `ingest import`, documented where they are declared.
enum IngestSettings {
    static let pages = Setting.path(
        "pages", environment: .none,
        help: "A recorded page, or a directory: every *.json in it, and each page's *.prices.json beside it.")
    static let prices = Setting.optionalPath(
        "prices", environment: .none,
        help: "Price observations: a list of {chain, address, time, price_usd, source, transaction_hash?}.")
    static let wallet = Setting.optionalText(
        "wallet", environment: .none, help: "The wallet of transactions that do not name theirs.")
    static let chain = Setting.optionalText(
        "chain", environment: .none,
        help: "The chain of transactions that name none, and where those on an unknown chain are recorded as refused.")
    static let format = Setting.choice(
        "format", default: "text", of: ["text", "json"], environment: .none, help: "How the summary is printed.")
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

    static let all: [any AnySetting] = [
        pages, prices, wallet, chain, format, database, logLevel, batchCount, batchByteCount, leaseMilliseconds,
        leaseWaitMilliseconds, retryMilliseconds,
    ]

    static func limits(_ values: SettingValues) -> ImportLimits {
        var limits = ImportLimits()
        limits.batchCount = values[batchCount]
        limits.batchByteCount = values[batchByteCount]
        limits.leaseMilliseconds = values[leaseMilliseconds]
        limits.leaseWaitMilliseconds = values[leaseWaitMilliseconds]
        limits.retryMilliseconds = values[retryMilliseconds]
        return limits
    }
}
