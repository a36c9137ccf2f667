import Events
import Runtime

/// The settings of `ingest correct`, documented where they are declared.
enum CorrectSettings {
    static let wallet = Setting.optionalText(
        "wallet", environment: .none, help: "The wallet, as an address or as chain:address.")
    static let everywhere = Setting<Bool>.flag(
        "everywhere", environment: .none,
        help: "Every wallet whose history has the token; run again, it appends only where it is missing.")
    static let chain = Setting.optionalText(
        "chain", environment: .none, help: "The chain, where the wallet's address does not say it.")
    static let token = Setting.optionalText(
        "token", environment: .none, help: "The token's address, or native.")
    static let transaction = Setting.optionalText(
        "transaction", environment: .none,
        help: "The transaction's hash or id: of the received lot, or of the legs whose price is stated.")
    static let leg = Setting<Int>.integer(
        "leg", default: -1, in: -1...(TransactionObserved.maximumLegCount - 1), environment: .none,
        help: "The leg of the transaction, from 0; -1: all its legs of the token.")
    static let undo = Setting.optionalText(
        "undo", environment: .none,
        help: "Take back what this command said, of the wallet given or else wherever it was said.")
    static let author = Setting.text("author", help: "Who says so; kept in the log.")
    static let reason = Setting.text("reason", environment: .none, help: "Why; kept in the log.")
    static let wait = Setting<Int>.milliseconds(
        "wait-milliseconds", default: 10_000, in: 0...600_000,
        help: "Longest wait for the projector before the correction is called pending.")

    static let all: [any AnySetting] = [
        wallet, everywhere, chain, token, transaction, leg, undo, author, reason, wait, IngestSettings.database,
        IngestSettings.kafkaBrokers, IngestSettings.kafkaTopicPrefix,
        IngestSettings.logLevel, IngestSettings.leaseMilliseconds, IngestSettings.leaseWaitMilliseconds,
        IngestSettings.retryMilliseconds,
    ]
}
