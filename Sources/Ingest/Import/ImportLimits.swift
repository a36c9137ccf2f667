/// Bounds of an import.
struct ImportLimits: Sendable, Hashable {
    /// Most events appended at once.
    var batchCount = 500
    /// Most bytes of payloads and events collected before they are appended.
    var batchByteCount = 4 << 20
    /// How long a lease lasts unless it is renewed, which happens every third of it.
    var leaseMilliseconds = 10_000
    /// Longest wait for another import to give a partition up; longer than a lease, so that a killed one is no
    /// obstacle.
    var leaseWaitMilliseconds = 30_000
    /// How often a partition is begun anew when its lease ran out, for example because the log was away.
    var leaseAttempts = 5
    /// Longest time a call is tried again while the log is away.
    var retryMilliseconds = 60_000
    /// First pause between two tries; doubled up to the next bound.
    var firstPauseMilliseconds = 50
    /// Longest pause between two tries.
    var maximumPauseMilliseconds = 2_000
}
