/// Bounds of the projection.
struct ProjectionConfiguration: Sendable {
    /// Records a batch at most.
    var batchCount = 20_000
    /// Bytes a batch at most.
    var batchByteCount = 32 << 20
    /// Events kept in memory over all cached wallets.
    var cachedEventLimit = 500_000
    /// How long a partition's lease lasts without renewal.
    var leaseMilliseconds = 15_000
    /// How long to wait for more before looking at leases and at the stop flag.
    var waitMilliseconds = 250
    /// Of the session that writes: statements of small batches are planned once, when the tables may still be empty,
    /// and so told to walk keys; staged rows are compressed as the tables they are merged into.
    static let sessionSettings = [
        "enable_seqscan": "off", "plan_cache_mode": "force_generic_plan", "default_toast_compression": "lz4",
    ]
    /// First and longest pause before trying a failed session again.
    var backoffMilliseconds = 100...5_000
}
