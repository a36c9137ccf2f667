import Events
import Runtime

/// The projector's metrics, made once.
struct ProjectorMetrics: Sendable {
    let events: Counter
    let bytes: Counter
    let batches: Counter
    let wallets: Counter
    let strayRecords: Counter
    let parkedWallets: Counter
    let sessionFailures: Counter
    let batchDuration: Histogram

    init(_ registry: MetricsRegistry) {
        events = registry.counter("projector_events_total", help: "Records of the log projected.")
        bytes = registry.counter("projector_event_bytes_total", help: "Bytes of keys and values projected.")
        batches = registry.counter("projector_batches_total", help: "Batches committed.")
        wallets = registry.counter("projector_wallets_folded_total", help: "Folds of a wallet.")
        strayRecords = registry.counter("projector_stray_records_total", help: "Records whose key names no wallet.")
        parkedWallets = registry.counter("projector_wallets_parked_total", help: "Folds that parked their wallet.")
        sessionFailures = registry.counter(
            "projector_session_failures_total", help: "Times that ownership ended in an error.")
        batchDuration = registry.histogram(
            "projector_batch_duration_seconds", help: "From the records in memory to the commit.")
    }

    /// Notes a committed batch.
    func note(_ batch: RecordBatch, walletCount: Int, durationMicroseconds: Int64) {
        events.increment(by: UInt64(batch.count))
        bytes.increment(by: UInt64(batch.bytes.count))
        batches.increment()
        wallets.increment(by: UInt64(walletCount))
        batchDuration.observe(microseconds: durationMicroseconds)
    }
}
