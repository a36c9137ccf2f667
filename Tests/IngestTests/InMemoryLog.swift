import Events
import Synchronization

/// A log in memory that can be told to fail: what an importer sees of `PostgresLog`, without a server.
final class InMemoryLog: EventLog {
    /// What an append of records to a topic does once.
    enum Fault: Sendable, Hashable {
        /// Nothing is stored.
        case unavailable
        /// Everything is stored, and the acknowledgement is lost.
        case acknowledgementLost
        /// Nothing is stored, and never will be.
        case refused
    }

    struct Stored: Sendable {
        var record: LogRecord
        var position: LogPosition
    }

    private struct State {
        var partitions: [Topic: [[Stored]]] = [:]
        var faults: [Topic: [Fault]] = [:]
        var holders: [Int32: String] = [:]
        var lostRenewals = 0
        var claims = 0
        var renewals = 0
    }

    private let state = Mutex(State())
    let count: Int32 = 4

    func makeAppender() throws -> any LogAppender { Appender(log: self) }
    func makeReader() throws -> any LogReader { Reader(log: self) }
    func makeOwnership(group: String) throws -> any PartitionOwnership { Ownership(log: self) }
    func partitionCount(of topic: Topic) throws -> Int32 { count }

    /// Everything in a topic, partition by partition.
    func stored(_ topic: Topic) -> [Stored] { state.withLock { $0.partitions[topic, default: []].flatMap(\.self) } }

    func stored(_ topic: Topic, partition: Int32) -> [Stored] {
        state.withLock { $0.partitions[topic].map { $0[Int(partition)] } ?? [] }
    }

    /// The next appends to the topic fail like this, one after the other.
    func fail(_ topic: Topic, with faults: [Fault]) { state.withLock { $0.faults[topic] = faults } }

    /// Somebody else holds every partition, or nobody.
    func hold(by holder: String?) {
        state.withLock { state in
            for partition in 0..<count { state.holders[partition] = holder }
        }
    }

    /// The next renewals fail.
    func loseRenewals(_ count: Int) { state.withLock { $0.lostRenewals = count } }

    /// How often a lease was renewed, or should have been.
    var renewals: Int { state.withLock { $0.renewals } }

    /// How often a lease was claimed.
    var claims: Int { state.withLock { $0.claims } }

    private func append(_ records: [LogRecord], to topic: Topic) -> [Result<LogPosition, LogError>] {
        state.withLock { state in
            let fault = state.faults[topic].flatMap { $0.isEmpty ? nil : $0[0] }
            if fault != nil { state.faults[topic]?.removeFirst() }
            if fault == .refused { return records.map { _ in .failure(LogError(.refused, "refused")) } }
            if fault == .unavailable { return records.map { _ in .failure(LogError(.unavailable, "away")) } }
            var partitions = state.partitions[topic] ?? Array(repeating: [], count: Int(count))
            let positions = records.map { record in
                let partition = Partitioner.partition(forKey: record.key, count: count)
                let position = LogPosition(
                    topic: topic, partition: partition, offset: Int64(partitions[Int(partition)].count))
                partitions[Int(partition)].append(Stored(record: record, position: position))
                return position
            }
            state.partitions[topic] = partitions
            if fault == .acknowledgementLost { return records.map { _ in .failure(LogError(.unavailable, "lost")) } }
            return positions.map { .success($0) }
        }
    }

    private final class Appender: LogAppender {
        let log: InMemoryLog
        init(log: InMemoryLog) { self.log = log }
        func append(_ records: [LogRecord], to topic: Topic) -> [Result<LogPosition, LogError>] {
            log.append(records, to: topic)
        }
        func close() {}
    }

    private final class Reader: LogReader {
        let log: InMemoryLog
        init(log: InMemoryLog) { self.log = log }

        /// At most three records at once, so that every import reads several batches.
        func read(
            from positions: [LogPosition], maximumCount: Int, maximumByteCount: Int, into batch: inout RecordBatch
        ) throws(LogError) {
            for position in positions {
                let records = log.stored(position.topic, partition: position.partition).dropFirst(Int(position.offset))
                for stored in records.prefix(min(3, maximumCount)) {
                    batch.append(
                        position: stored.position, id: stored.record.id, kind: stored.record.kind.rawValue,
                        time: stored.record.time, key: stored.record.key, source: Array(stored.record.source.utf8),
                        value: stored.record.value)
                }
            }
        }

        func wait(for positions: [LogPosition], timeoutMilliseconds: Int) throws(LogError) -> Bool { true }

        func endOffsets(of topic: Topic) throws(LogError) -> [Int64] {
            (0..<log.count).map { Int64(log.stored(topic, partition: $0).count) }
        }

        func close() {}
    }

    private final class Ownership: PartitionOwnership {
        let log: InMemoryLog
        init(log: InMemoryLog) { self.log = log }

        func claim(
            topic: Topic, partition: Int32, owner: String, leaseMilliseconds: Int
        ) throws(LogError) -> PartitionLease? {
            log.state.withLock { state in
                state.claims += 1
                guard state.holders[partition] ?? owner == owner else { return nil }
                state.holders[partition] = owner
                return PartitionLease(topic: topic, partition: partition, owner: owner, epoch: Int64(state.claims))
            }
        }

        func renew(_ lease: PartitionLease, leaseMilliseconds: Int) throws(LogError) -> Bool {
            log.state.withLock { state in
                state.renewals += 1
                state.lostRenewals -= 1
                return state.lostRenewals < 0
            }
        }

        func release(_ lease: PartitionLease) throws(LogError) {
            log.state.withLock { $0.holders[lease.partition] = nil }
        }

        func holder(topic: Topic, partition: Int32) throws(LogError) -> String? {
            log.state.withLock { $0.holders[partition] }
        }

        func close() {}
    }
}
