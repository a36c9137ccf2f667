import Events
import Testing

extension EventLogConformance {
    static let appending: [EventLogRequirement] = [
        EventLogRequirement("A new log has the partitions it was created with, and nothing in them") { log in
            let reader = try log.makeReader()
            defer { reader.close() }
            for topic in Topic.allCases {
                #expect(try log.partitionCount(of: topic) == topic.initialPartitionCount)
                #expect(
                    try reader.endOffsets(of: topic) == Array(repeating: 0, count: Int(topic.initialPartitionCount)))
                #expect(try everything(in: topic, of: log).isEmpty)
            }
        },
        EventLogRequirement("Appending nothing is acknowledged with nothing") { log in
            let positions = try append([], to: .jobs, of: log)
            #expect(positions.isEmpty)
        },
        EventLogRequirement("A record comes back byte for byte, whatever its bytes") { log in
            let allBytes = (UInt8.min...UInt8.max).map { $0 }
            let records = [
                try record(1, key: allBytes, value: allBytes),
                try record(2, key: [0], value: [0, 0, 0]),
                try record(3, key: Array("'\\\"\n\t,{}NULL".utf8), value: Array("\\x00'{\"a\":null}".utf8)),
                try record(4, key: [0xff, 0xfe], value: []),
                LogRecord(
                    key: [1], id: try id(5), kind: .correctionMade, source: "opérateur \u{1F9FE}", time: -1,
                    traceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", value: [5]),
            ]
            let positions = try append(records, to: .walletTransactions, of: log)
            let stored = try everything(in: .walletTransactions, of: log)
            #expect(stored.count == records.count)
            for (record, position) in zip(records, positions) {
                #expect(stored[position] == StoredRecord(record))
            }
        },
        EventLogRequirement("A key's partition is the one Kafka's Java client would choose") { log in
            let records = try (0..<200).map { try record($0, key: Array("wallet \($0 % 50)".utf8)) }
            let positions = try append(records, to: .walletTransactions, of: log)
            let count = try log.partitionCount(of: .walletTransactions)
            for (record, position) in zip(records, positions) {
                #expect(position.partition == Partitioner.partition(forKey: record.key, count: count))
            }
            #expect(Set(positions.map(\.partition)).count > 4)
        },
        EventLogRequirement("Topics have offsets of their own") { log in
            for topic in Topic.allCases {
                let positions = try append([try record(1, key: [1]), try record(2, key: [1])], to: topic, of: log)
                #expect(positions.map(\.topic) == [topic, topic])
                #expect(positions.map(\.offset) == [0, 1])
            }
        },
        EventLogRequirement("Records of one key keep their order over many batches and one too large for a transaction")
        {
            log in
            var number = 0
            for size in [1, 2, 12_000, 3] {
                let records = try (number..<number + size).map { try record($0, key: [7]) }
                let positions = try append(records, to: .jobs, of: log)
                #expect(positions.map(\.offset) == (number..<number + size).map(Int64.init))
                number += size
            }
            let stored = try everything(in: .jobs, of: log)
            #expect(stored.count == number)
            for (position, record) in stored { #expect(record.id == (try id(Int(position.offset)))) }
        },
        EventLogRequirement("A value at the bound is kept, one above it fails alone") { log in
            let largest = [UInt8](repeating: 0x5a, count: LogRecord.maximumValueByteCount)
            let records = [
                try record(1, key: [1]), try record(2, key: [1], value: largest + [1]),
                try record(3, key: [1], value: largest), try record(4, key: [1]),
            ]
            let appender = try log.makeAppender()
            defer { appender.close() }
            let results = appender.append(records, to: .providerPayloads)
            #expect(throws: Never.self) { try results[0].get() }
            #expect(code(of: results[1]) == .tooLarge)
            let kept = try [results[0], results[2], results[3]].map { try $0.get() }
            #expect(kept.map(\.offset) == [0, 1, 2])
            let stored = try everything(in: .providerPayloads, of: log)
            #expect(stored.count == 3)
            #expect(stored[kept[1]]?.value == largest)
        },
        EventLogRequirement("Eight appenders at once lose, double and reorder nothing") { log in
            try checkConcurrentAppenders(of: log)
        },
        EventLogRequirement("A closed appender refuses each record and says so") { log in
            let appender = try log.makeAppender()
            appender.close()
            let results = appender.append([try record(1, key: [1]), try record(2, key: [2])], to: .jobs)
            #expect(results.map(code) == [.closed, .closed])
            #expect(try everything(in: .jobs, of: log).isEmpty)
        },
    ]

    /// Why an append failed; nil when it did not.
    static func code(of result: Result<LogPosition, LogError>) -> LogError.Code? {
        guard case .failure(let error) = result else { return nil }
        return error.code
    }

    private static func checkConcurrentAppenders(of log: any EventLog) throws {
        let appenderCount = 8
        let batchCount = 25
        let batchSize = 20
        // Each thread writes to 30 keys, which all threads share, so that the partitions are contended.
        let acknowledged = try concurrently(appenderCount) { thread in
            let appender = try log.makeAppender()
            defer { appender.close() }
            var positions: [(number: Int, position: LogPosition)] = []
            for batch in 0..<batchCount {
                let numbers = (0..<batchSize).map { (thread * batchCount + batch) * batchSize + $0 }
                let records = try numbers.map { try record($0, key: [UInt8($0 % 30)]) }
                let results = appender.append(records, to: .walletTransactions)
                positions += try zip(numbers, results).map { ($0, try $1.get()) }
            }
            return positions
        }
        let stored = try everything(in: .walletTransactions, of: log)
        #expect(stored.count == appenderCount * batchCount * batchSize)
        #expect(Set(stored.values.map(\.id)).count == stored.count)
        for positions in acknowledged {
            var lastOffset: [Int32: Int64] = [:]
            for (number, position) in positions {
                #expect(stored[position]?.id == (try id(number)))
                #expect(position.offset > lastOffset[position.partition] ?? -1 || number % batchSize > 0)
                lastOffset[position.partition] = position.offset
            }
            // Within one thread, a key's records lie in the order in which they were appended.
            for key in 0..<30 {
                let offsets = positions.filter { $0.number % 30 == key }.map(\.position.offset)
                #expect(offsets == offsets.sorted())
            }
        }
    }
}
