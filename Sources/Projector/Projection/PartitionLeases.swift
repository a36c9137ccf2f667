import Events
import Runtime

/// The leases of all partitions of a topic: a lone projector owns everything, a second one stands by. Confined to one
/// thread.
struct PartitionLeases {
    /// Number of partitions, as recorded when the log was created.
    let partitionCount: Int32
    private let ownership: any PartitionOwnership
    private let topic: Topic
    private let owner: String
    private let configuration: ProjectionConfiguration
    private var leases: [PartitionLease] = []
    private var renewedAt: Int64 = 0

    init(log: any EventLog, topic: Topic, owner: String, configuration: ProjectionConfiguration) throws {
        partitionCount = try log.partitionCount(of: topic)
        ownership = try log.makeOwnership(group: "projector")
        (self.topic, self.owner, self.configuration) = (topic, owner, configuration)
    }

    /// Takes every partition, waiting for a former owner's leases to run out; false when stopped meanwhile.
    mutating func takeAll(until stop: StopFlag, _ standBy: () -> Void) throws -> Bool {
        for partition in 0..<partitionCount {
            while true {
                let lease = try ownership.claim(
                    topic: topic, partition: partition, owner: owner,
                    leaseMilliseconds: configuration.leaseMilliseconds)
                if let lease {
                    leases.append(lease)
                    break
                }
                standBy()
                guard try renewIfDue(), !stop.wait(milliseconds: configuration.waitMilliseconds) else { return false }
            }
        }
        renewedAt = MonotonicClock.system.nowMicroseconds()
        return !stop.isRaised
    }

    /// Renews the leases once a third of their time is over; false when one was lost.
    mutating func renewIfDue() throws -> Bool {
        let now = MonotonicClock.system.nowMicroseconds()
        guard now - renewedAt > Int64(configuration.leaseMilliseconds) * 1_000 / 3 else { return true }
        for lease in leases {
            guard try ownership.renew(lease, leaseMilliseconds: configuration.leaseMilliseconds) else { return false }
        }
        renewedAt = now
        return true
    }

    /// Gives the leases up, so that a successor need not wait for them.
    mutating func close() {
        for lease in leases { try? ownership.release(lease) }
        leases.removeAll()
        ownership.close()
    }
}
