import Events
import Foundation
import Synchronization
import Testing

extension EventLogConformance {
    static let reading: [EventLogRequirement] = [
        EventLogRequirement("A read begins at the position it is given") { log in
            _ = try append(try (0..<10).map { try record($0, key: [1]) }, to: .jobs, of: log)
            let batch = try read(log, [LogPosition(topic: .jobs, partition: 0, offset: 6)])
            #expect(batch.entries.map(\.position.offset) == [6, 7, 8, 9])
            #expect(batch.entries.map(\.id) == (try (6..<10).map(id)))
            #expect(try read(log, [LogPosition(topic: .jobs, partition: 0, offset: 10)]).isEmpty)
        },
        EventLogRequirement("A read adds to the batch and leaves what is in it") { log in
            _ = try append(try (0..<4).map { try record($0, key: [1]) }, to: .jobs, of: log)
            let reader = try log.makeReader()
            defer { reader.close() }
            var batch = RecordBatch()
            for offset in [Int64(0), 2] {
                let start = LogPosition(topic: .jobs, partition: 0, offset: offset)
                try reader.read(from: [start], maximumCount: 2, maximumByteCount: 1 << 20, into: &batch)
            }
            #expect(batch.entries.map(\.position.offset) == [0, 1, 2, 3])
            #expect(Array(batch.value(of: batch.entries[3])) == Array("value 3".utf8))
        },
        EventLogRequirement("A read stops at the count") { log in
            _ = try append(try (0..<10).map { try record($0, key: [1]) }, to: .jobs, of: log)
            #expect(try read(log, [LogPosition(topic: .jobs, partition: 0, offset: 0)], count: 3).count == 3)
            #expect(try read(log, [LogPosition(topic: .jobs, partition: 0, offset: 0)], count: 1).count == 1)
        },
        EventLogRequirement("A read stops at the bytes, but gives at least one record") { log in
            let value = [UInt8](repeating: 1, count: 1_000)
            _ = try append(try (0..<10).map { try record($0, key: [1], value: value) }, to: .jobs, of: log)
            let start = [LogPosition(topic: .jobs, partition: 0, offset: 0)]
            let some = try read(log, start, byteCount: 3_500)
            #expect((1...4).contains(some.count))
            #expect(some.entries.first?.position.offset == 0)
            #expect(try read(log, start, byteCount: 1).count == 1)
            #expect(try read(log, start, byteCount: 1 << 20).count == 10)
        },
        EventLogRequirement("One read covers many partitions, each from its own position") { log in
            let topic = Topic.walletTransactions
            let written = try append(
                try (0..<300).map { try record($0, key: Array("wallet \($0 % 60)".utf8)) }, to: topic, of: log)
            var starts = try positions(of: topic, in: log)
            for index in starts.indices { starts[index].offset = Int64(index % 4) }
            let expected = Set(written.filter { $0.offset >= Int64($0.partition % 4) })
            let batch = try read(log, starts)
            #expect(Set(batch.entries.map(\.position)) == expected)
            #expect(batch.count == expected.count)
        },
        EventLogRequirement("Reads of a few records at a time reach every partition while one keeps growing") { log in
            let topic = Topic.walletTransactions
            let count = try log.partitionCount(of: topic)
            let busyKey: [UInt8] = [0]
            let busy = Partitioner.partition(forKey: busyKey, count: count)
            _ = try append(try (0..<400).map { try record($0, key: busyKey) }, to: topic, of: log)
            let others = try (0..<60).map { try record(1_000 + $0, key: Array("wallet \($0)".utf8)) }
            let quiet = Set(try append(others, to: topic, of: log).map(\.partition)).subtracting([busy])
            let reader = try log.makeReader()
            defer { reader.close() }
            var positions = try positions(of: topic, in: log)
            var reached: Set<Int32> = []
            for _ in 0..<40 {
                var batch = RecordBatch()
                try reader.read(from: positions, maximumCount: 10, maximumByteCount: 1 << 20, into: &batch)
                for entry in batch.entries {
                    positions[Int(entry.position.partition)].offset = entry.position.offset + 1
                    reached.insert(entry.position.partition)
                }
            }
            #expect(reached.isSuperset(of: quiet))
        },
        EventLogRequirement("End offsets say where the next record of each partition will lie") { log in
            let topic = Topic.walletTransactions
            let written = try append(
                try (0..<100).map { try record($0, key: Array("wallet \($0 % 20)".utf8)) }, to: topic, of: log)
            var expected = [Int64](repeating: 0, count: Int(try log.partitionCount(of: topic)))
            for position in written { expected[Int(position.partition)] += 1 }
            let reader = try log.makeReader()
            defer { reader.close() }
            #expect(try reader.endOffsets(of: topic) == expected)
        },
        EventLogRequirement("A read of two topics is refused") { log in
            let reader = try log.makeReader()
            defer { reader.close() }
            var batch = RecordBatch()
            let mixed = [Topic.jobs, .providerPayloads].map { LogPosition(topic: $0, partition: 0, offset: 0) }
            let error = #expect(throws: LogError.self) {
                try reader.read(from: mixed, maximumCount: 1, maximumByteCount: 1, into: &batch)
            }
            #expect(error?.code == .refused)
        },
        EventLogRequirement("A closed reader refuses to read, to wait and to tell the ends") { log in
            let reader = try log.makeReader()
            reader.close()
            let start = [LogPosition(topic: .jobs, partition: 0, offset: 0)]
            var batch = RecordBatch()
            let errors = [
                #expect(throws: LogError.self) {
                    try reader.read(from: start, maximumCount: 1, maximumByteCount: 1, into: &batch)
                },
                #expect(throws: LogError.self) { try reader.wait(for: start, timeoutMilliseconds: 1) },
                #expect(throws: LogError.self) { try reader.endOffsets(of: .jobs) },
            ]
            #expect(errors.map(\.?.code) == [.closed, .closed, .closed])
        },
    ]

    static let waiting: [EventLogRequirement] = [
        EventLogRequirement("Waiting for what is there already returns at once") { log in
            _ = try append([try record(1, key: [1])], to: .jobs, of: log)
            let reader = try log.makeReader()
            defer { reader.close() }
            let start = LogPosition(topic: .jobs, partition: 0, offset: 0)
            #expect(try reader.wait(for: [start], timeoutMilliseconds: 0))
        },
        EventLogRequirement("Waiting in vain ends when the time is over, not before") { log in
            _ = try append([try record(1, key: [1])], to: .jobs, of: log)
            let reader = try log.makeReader()
            defer { reader.close() }
            let next = LogPosition(topic: .jobs, partition: 0, offset: 1)
            let start = ContinuousClock().now
            let isThere = try reader.wait(for: [next], timeoutMilliseconds: 150)
            #expect(!isThere)
            #expect(ContinuousClock().now - start >= .milliseconds(150))
        },
        EventLogRequirement("An append to any of the partitions wakes a reader that waits") { log in
            let topic = Topic.walletTransactions
            for number in 0..<5 {
                let ends = try {
                    let reader = try log.makeReader()
                    defer { reader.close() }
                    return try reader.endOffsets(of: topic)
                }()
                let positions = ends.enumerated().map { partition, offset in
                    LogPosition(topic: topic, partition: Int32(partition), offset: offset)
                }
                let isWoken = try concurrently(2) { thread in
                    if thread == 0 {
                        _ = try append([try record(number, key: [UInt8(number)])], to: topic, of: log)
                        return true
                    }
                    let reader = try log.makeReader()
                    defer { reader.close() }
                    return try reader.wait(for: positions, timeoutMilliseconds: 20_000)
                }
                #expect(isWoken == [true, true])
            }
        },
    ]

    private static func read(
        _ log: any EventLog, _ positions: [LogPosition], count: Int = 10_000, byteCount: Int = 1 << 24
    ) throws -> RecordBatch {
        let reader = try log.makeReader()
        defer { reader.close() }
        var batch = RecordBatch()
        try reader.read(from: positions, maximumCount: count, maximumByteCount: byteCount, into: &batch)
        return batch
    }
}
