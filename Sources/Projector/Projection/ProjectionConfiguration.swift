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
    /// First and longest pause before trying a failed session again.
    var backoffMilliseconds = 100...5_000
}
