import Events
import Testing

extension EventLogConformance {
    static let ownership: [EventLogRequirement] = [
        EventLogRequirement("A free partition is granted, a held one is not, its owner may ask again") { log in
            let leases = try log.makeOwnership(group: "projector")
            defer { leases.close() }
            let lease = try #require(try claim(leases, "a"))
            #expect(try claim(leases, "b") == nil)
            #expect(try claim(leases, "a") == lease)
            #expect(try leases.renew(lease, leaseMilliseconds: minute))
            #expect(try claim(leases, "b", partition: 4) != nil)
        },
        EventLogRequirement("A lease given up is granted to the next with a greater epoch") { log in
            let leases = try log.makeOwnership(group: "projector")
            defer { leases.close() }
            let first = try #require(try claim(leases, "a"))
            try leases.release(first)
            let second = try #require(try claim(leases, "b"))
            #expect(second.owner == "b")
            #expect(second.epoch > first.epoch)
            try leases.release(second)
            let third = try #require(try claim(leases, "a"))
            #expect(third.epoch > second.epoch)
        },
        EventLogRequirement("A lease runs out by itself, and whoever held it can neither renew nor release it") { log in
            let leases = try log.makeOwnership(group: "projector")
            defer { leases.close() }
            let zombie = try #require(try claim(leases, "a", milliseconds: 30))
            let successor = try untilGranted { try claim(leases, "b") }
            #expect(successor.epoch > zombie.epoch)
            #expect(try !leases.renew(zombie, leaseMilliseconds: minute))
            try leases.release(zombie)
            #expect(try claim(leases, "c") == nil)
            #expect(try leases.renew(successor, leaseMilliseconds: minute))
        },
        EventLogRequirement("An owner whose lease has run out comes back with a greater epoch") { log in
            let leases = try log.makeOwnership(group: "projector")
            defer { leases.close() }
            let first = try #require(try claim(leases, "a", milliseconds: 1))
            // Somebody else's claim succeeds once the lease has run out, and is given up at once.
            try leases.release(try untilGranted { try claim(leases, "b") })
            let second = try #require(try claim(leases, "a"))
            #expect(second.epoch > first.epoch)
            #expect(try !leases.renew(first, leaseMilliseconds: minute))
        },
        EventLogRequirement("Groups and topics do not share leases") { log in
            let projectors = try log.makeOwnership(group: "projector")
            defer { projectors.close() }
            let ingests = try log.makeOwnership(group: "ingest")
            defer { ingests.close() }
            #expect(try claim(projectors, "a") != nil)
            #expect(try claim(ingests, "b") != nil)
            #expect(
                try projectors.claim(topic: .jobs, partition: 3, owner: "b", leaseMilliseconds: minute) != nil)
        },
        EventLogRequirement("Of eight that claim a partition at once, one gets it") { log in
            let granted = try concurrently(8) { thread in
                let leases = try log.makeOwnership(group: "projector")
                defer { leases.close() }
                return try claim(leases, "owner \(thread)") != nil
            }
            #expect(granted.filter { $0 }.count == 1)
        },
        EventLogRequirement("A closed ownership refuses") { log in
            let leases = try log.makeOwnership(group: "projector")
            leases.close()
            let error = #expect(throws: LogError.self) { try claim(leases, "a") }
            #expect(error?.code == .closed)
        },
    ]

    private static let minute = 60_000

    private static func claim(
        _ leases: any PartitionOwnership, _ owner: String, partition: Int32 = 3, milliseconds: Int = minute
    ) throws(LogError) -> PartitionLease? {
        try leases.claim(
            topic: .walletTransactions, partition: partition, owner: owner, leaseMilliseconds: milliseconds)
    }

    /// Asks until the lease is granted; fails when that takes longer than any lease here.
    private static func untilGranted(_ ask: () throws -> PartitionLease?) throws -> PartitionLease {
        let deadline = ContinuousClock().now.advanced(by: .seconds(20))
        while ContinuousClock().now < deadline {
            if let lease = try ask() { return lease }
        }
        return try #require(nil as PartitionLease?, "the lease never ran out")
    }
}
