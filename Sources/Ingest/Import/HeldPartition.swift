import Events
import Runtime

/// A partition of the topic of wallets whose lease this import holds: nobody else raises revisions there (I2).
final class HeldPartition {
    private let ownership: any PartitionOwnership
    private let lease: PartitionLease
    private let retry: RetryPolicy
    private var renewedAt: Int64

    /// The group whose leases say who appends to a partition.
    static let group = "ingest"
    private static let pollMilliseconds = 100

    /// Waits until the lease is free, for a bounded time. Throws `busy` then, `stopped` when the flag is raised, and
    /// what the log says.
    init(_ partition: Int32, ownership: any PartitionOwnership, owner: String, retry: RetryPolicy) throws {
        let limits = retry.limits
        let deadline = retry.clock.nowMicroseconds() + Int64(limits.leaseWaitMilliseconds) * 1000
        while true {
            let asked = retry.clock.nowMicroseconds()
            let granted = try retry.attempt {
                try ownership.claim(
                    topic: .walletTransactions, partition: partition, owner: owner,
                    leaseMilliseconds: limits.leaseMilliseconds)
            }
            if let granted {
                (lease, renewedAt) = (granted, asked)
                break
            }
            guard asked < deadline else {
                let holder = try ownership.holder(topic: .walletTransactions, partition: partition)
                throw IngestError(
                    .busy,
                    "\(holder ?? "another import") appends to partition \(partition) of "
                        + "\(Topic.walletTransactions.name) and did not end within \(limits.leaseWaitMilliseconds) ms")
            }
            if retry.stop.wait(milliseconds: Self.pollMilliseconds) {
                throw IngestError(.stopped, "stopped while another import was appending")
            }
        }
        (self.ownership, self.retry) = (ownership, retry)
    }

    /// Extends the lease when a third of it is over. Throws `leaseLost`, or what the log says.
    func keep() throws {
        let milliseconds = retry.limits.leaseMilliseconds
        let now = retry.clock.nowMicroseconds()
        guard now - renewedAt > Int64(milliseconds) * 1000 / 3 else { return }
        guard try retry.attempt({ try ownership.renew(lease, leaseMilliseconds: milliseconds) }) else {
            throw IngestError(.leaseLost, "the lease of partition \(lease.partition) ran out")
        }
        renewedAt = now
    }

    /// Gives the lease up; one that cannot be given up runs out by itself.
    func release() { try? ownership.release(lease) }
}
