import Events
import Runtime

/// A partition of the topic of wallets whose lease this import holds: nobody else raises revisions there (I2).
final class HeldPartition {
    private let ownership: any PartitionOwnership
    private let lease: PartitionLease
    private let leaseMilliseconds: Int
    private let clock: MonotonicClock
    private var renewedAt: Int64

    /// The group whose leases say who appends to a partition.
    static let group = "ingest"
    private static let pollMilliseconds = 100

    /// Waits until the lease is free, at most that long. Throws `busy` then, `stopped` when the flag is raised, and what
    /// the log says.
    init(
        _ partition: Int32, ownership: any PartitionOwnership, owner: String, limits: ImportLimits, stop: StopFlag,
        clock: MonotonicClock
    ) throws {
        let deadline = clock.nowMicroseconds() + Int64(limits.leaseWaitMilliseconds) * 1000
        while true {
            renewedAt = clock.nowMicroseconds()
            let lease = try ownership.claim(
                topic: .walletTransactions, partition: partition, owner: owner,
                leaseMilliseconds: limits.leaseMilliseconds)
            if let lease {
                self.lease = lease
                break
            }
            guard clock.nowMicroseconds() < deadline else {
                throw IngestError(
                    .busy,
                    "another import holds partition \(partition) of \(Topic.walletTransactions.name) and did not "
                        + "give it up within \(limits.leaseWaitMilliseconds) ms")
            }
            if stop.wait(milliseconds: Self.pollMilliseconds) { throw IngestError(.stopped, "stopped while waiting") }
        }
        (self.ownership, self.clock) = (ownership, clock)
        leaseMilliseconds = limits.leaseMilliseconds
    }

    /// Extends the lease when a third of it is over. Throws `leaseLost`, or what the log says.
    func keep() throws {
        let now = clock.nowMicroseconds()
        guard now - renewedAt > Int64(leaseMilliseconds) * 1000 / 3 else { return }
        guard try ownership.renew(lease, leaseMilliseconds: leaseMilliseconds) else {
            throw IngestError(.leaseLost, "partition \(lease.partition) was taken by another import meanwhile")
        }
        renewedAt = now
    }

    /// Gives the lease up; one that cannot be given up runs out by itself.
    func release() { try? ownership.release(lease) }
}
