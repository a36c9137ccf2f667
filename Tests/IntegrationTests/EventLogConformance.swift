import Events
import Foundation
import Synchronization
import Testing

/// One thing every log must do (design.md, Log), whatever it is built on.
struct EventLogRequirement: Sendable, CustomTestStringConvertible {
    /// A sentence.
    let testDescription: String
    /// Checks it on a fresh, empty log with the initial partition counts.
    let check: @Sendable (any EventLog) throws -> Void

    init(_ testDescription: String, _ check: @escaping @Sendable (any EventLog) throws -> Void) {
        self.testDescription = testDescription
        self.check = check
    }
}

/// The conformance suite: an implementation runs each requirement against a log of its own.
enum EventLogConformance {
    static let requirements = appending + reading + waiting + ownership
}

/// What the requirements share.
extension EventLogConformance {
    /// A record that no other one is equal to; its value repeats `number`, so that an order can be checked.
    static func record(
        _ number: Int, key: [UInt8], value: [UInt8]? = nil, kind: EventKind = .transactionObserved
    ) throws -> LogRecord {
        LogRecord(
            key: key, id: try id(number), kind: kind, source: "zerion", time: 1_700_000_000_000_000 + Int64(number),
            value: value ?? Array("value \(number)".utf8))
    }

    /// The id of record `number`.
    static func id(_ number: Int) throws -> Digest {
        let bytes = (0..<Digest.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 8))) }
        return try #require(Digest(bytes: bytes))
    }

    /// Positions of all partitions of a topic, at `offset`.
    static func positions(
        of topic: Topic, in log: any EventLog, offset: Int64 = 0
    ) throws -> [LogPosition] {
        (0..<(try log.partitionCount(of: topic))).map { LogPosition(topic: topic, partition: $0, offset: offset) }
    }

    /// Appends and expects that everything was acknowledged.
    static func append(_ records: [LogRecord], to topic: Topic, of log: any EventLog) throws -> [LogPosition] {
        let appender = try log.makeAppender()
        defer { appender.close() }
        return try appender.append(records, to: topic).map { try $0.get() }
    }

    /// Everything in a topic, by position, read in bounded steps; expects that each partition is in order without gaps.
    static func everything(in topic: Topic, of log: any EventLog, step: Int = 1_000) throws -> [LogPosition:
        StoredRecord]
    {
        let reader = try log.makeReader()
        defer { reader.close() }
        var positions = try positions(of: topic, in: log)
        var found: [LogPosition: StoredRecord] = [:]
        var batch = RecordBatch()
        while true {
            batch.removeAll()
            try reader.read(from: positions, maximumCount: step, maximumByteCount: 1 << 24, into: &batch)
            if batch.isEmpty { return found }
            for entry in batch.entries {
                let partition = Int(entry.position.partition)
                #expect(entry.position.offset == positions[partition].offset, "a gap or a step back")
                positions[partition].offset = entry.position.offset + 1
                found[entry.position] = StoredRecord(entry, in: batch)
            }
        }
    }

    /// Runs `body` on `count` threads at once and returns what they gave, in the order of their numbers.
    static func concurrently<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
    ) throws -> [Value] {
        let results = Mutex<[Int: Result<Value, any Error>]>([:])
        let group = DispatchGroup()
        // Each thread puts in exactly one result and leaves; the shared box outlives them through the closure.
        let box = ResultBox(results: consume results)
        for index in 0..<count {
            group.enter()
            Thread.detachNewThread {
                let result = Result { try body(index) }
                box.results.withLock { $0[index] = result }
                group.leave()
            }
        }
        group.wait()
        return try box.results.withLock { results in
            try (0..<count).map { try #require(results[$0]).get() }
        }
    }

    private final class ResultBox<Value: Sendable>: Sendable {
        let results: Mutex<[Int: Result<Value, any Error>]>
        init(results: consuming Mutex<[Int: Result<Value, any Error>]>) { self.results = results }
    }
}

/// A record as it came back.
struct StoredRecord: Hashable {
    let id: Digest
    let kind: UInt8
    let time: Int64
    let source: String
    let key: [UInt8]
    let value: [UInt8]

    init(_ entry: RecordBatch.Entry, in batch: RecordBatch) {
        id = entry.id
        kind = entry.kind
        time = entry.time
        source = batch.source(of: entry)
        key = Array(batch.key(of: entry))
        value = Array(batch.value(of: entry))
    }

    init(_ record: LogRecord) {
        id = record.id
        kind = record.kind.rawValue
        time = record.time
        source = record.source
        key = record.key
        value = record.value
    }
}
