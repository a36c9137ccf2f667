import Events
import MockKafka
import Testing

@testable import Kafka

/// The numbers of errors are the protocol's.
@Suite("Reading from brokers that fail")
struct ReaderErrorTests {
    @Test("A fetch that fails for a while costs time and nothing else", arguments: [6, 3, 5] as [Int32])
    func passingError(number: Int32) throws {
        let cluster = MockCluster()
        let log = cluster.log()
        try append(50, to: log)
        cluster.push(number, 2, to: mock_kafka_fetch)
        #expect(try read(log).entries.map(\.position.offset) == Array(0..<50))
    }

    @Test("The end of a partition is asked for again while its leader moves")
    func movingLeader() throws {
        let cluster = MockCluster()
        let log = cluster.log()
        try append(3, to: log)
        cluster.push(6, 2, to: mock_kafka_list_offsets)
        let reader = log.makeReader()
        defer { reader.close() }
        #expect(try reader.endOffsets(of: .jobs) == [3])
    }

    @Test("A position after the end is refused: it belongs to another log")
    func beyondTheEnd() throws {
        let cluster = MockCluster()
        let log = cluster.log()
        try append(3, to: log)
        let error = #expect(throws: LogError.self) { try read(log, from: 4) }
        #expect(error?.code == .mismatch)
        #expect(try read(log, from: 3).isEmpty)
    }

    @Test("A partition the topic does not have is refused")
    func unknownPartition() throws {
        let cluster = MockCluster()
        let log = cluster.log()
        let reader = log.makeReader()
        defer { reader.close() }
        var batch = RecordBatch()
        let error = #expect(throws: LogError.self) {
            try reader.read(
                from: [LogPosition(topic: .jobs, partition: 1, offset: 0)], maximumCount: 1, maximumByteCount: 1,
                into: &batch)
        }
        #expect(error?.code == .mismatch)
    }

    @Test("While the broker is away a read fails as retriable; the same reader goes on when it is back")
    func brokerAway() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.requestTimeoutMilliseconds = 1_000
        let log = cluster.log(configuration)
        try append(3, to: log)
        let reader = log.makeReader()
        defer { reader.close() }
        var batch = RecordBatch()
        try reader.read(from: Sample.start, maximumCount: 100, maximumByteCount: 1_000, into: &batch)
        #expect(batch.count == 3)
        cluster.setUp(false)
        let next = [LogPosition(topic: .jobs, partition: 0, offset: 3)]
        let error = #expect(throws: LogError.self) {
            try reader.read(from: next, maximumCount: 100, maximumByteCount: 1_000, into: &batch)
        }
        #expect(error?.code == .unavailable)
        cluster.setUp(true)
        try append(2, to: cluster.log())
        let deadline = ContinuousClock().now.advanced(by: .seconds(10))
        while batch.count < 5, ContinuousClock().now < deadline {
            try? reader.read(from: next, maximumCount: 100, maximumByteCount: 1_000, into: &batch)
        }
        #expect(batch.entries.map(\.position.offset) == [0, 1, 2, 3, 4])
    }

    @Test("What somebody else wrote is read as a record of no known kind, and stops nothing")
    func foreignRecords() throws {
        let cluster = MockCluster()
        let log = cluster.log()
        #expect(cluster.appendForeign() == 0)
        #expect(cluster.appendForeign(header: "ce_id", value: "not a digest") == 0)
        #expect(cluster.appendForeign(header: "ce_id", value: String(repeating: "0f", count: 32)) == 0)
        try append(1, to: log)
        let batch = try read(log)
        #expect(batch.entries.map(\.kind) == [0, 0, 0, EventKind.jobSubmitted.rawValue])
        #expect(batch.entries[0].id.description == String(repeating: "0", count: 64))
        #expect(batch.entries[2].id.description == String(repeating: "0f", count: 32))
        // Kafka's own time stands in.
        #expect(batch.entries[0].time > 1_600_000_000_000_000)
        #expect(Array(batch.value(of: batch.entries[0])) == Array("foreign".utf8))
        #expect(batch.key(of: batch.entries[0]).isEmpty)
    }

    @Test("Going back, leaving partitions out and taking them in again reads what it should")
    func movingPositions() throws {
        let cluster = MockCluster(partitionCount: 2)
        let log = KafkaLog(cluster.configuration, partitionCounts: [.jobs: 2]) { _ in
            throw LogError(.refused, "no leases here")
        }
        try append(40, to: log)
        let reader = log.makeReader()
        defer { reader.close() }
        let ends = try reader.endOffsets(of: .jobs)
        #expect(ends.reduce(0, +) == 40)
        for offsets in [[0, 0], [5, 0], [5, nil], [0, nil], [nil, 3], [0, 3]] as [[Int64?]] {
            let starts = offsets.enumerated().compactMap { partition, offset in
                offset.map { LogPosition(topic: .jobs, partition: Int32(partition), offset: $0) }
            }
            var batch = RecordBatch()
            try reader.read(from: starts, maximumCount: 1_000, maximumByteCount: 1 << 20, into: &batch)
            let expected = starts.flatMap { start in
                (start.offset..<ends[Int(start.partition)]).map {
                    LogPosition(topic: .jobs, partition: start.partition, offset: $0)
                }
            }
            #expect(Set(batch.entries.map(\.position)) == Set(expected))
            #expect(batch.count == expected.count)
        }
    }

    private func append(_ count: Int, to log: KafkaLog) throws {
        let appender = log.makeAppender()
        defer { appender.close() }
        for result in appender.append(try Sample.records(count), to: .jobs) { _ = try result.get() }
    }

    private func read(_ log: KafkaLog, from offset: Int64 = 0) throws -> RecordBatch {
        let reader = log.makeReader()
        defer { reader.close() }
        var batch = RecordBatch()
        try reader.read(
            from: [LogPosition(topic: .jobs, partition: 0, offset: offset)], maximumCount: 1_000,
            maximumByteCount: 1 << 20, into: &batch)
        return batch
    }
}
