import Events

/// Reads many partitions with one statement, and waits with LISTEN.
final class PostgresLogReader: LogReader {
    private let connection: PostgresConnection
    private let partitionCounts: PartitionCounts
    /// The partition in which the last read of a topic hit a bound: the next one begins after it, so that none starves.
    private var lastBoundedPartition: [Topic: Int32] = [:]
    /// How long a lost notification can delay a reader.
    private static let pollIntervalMilliseconds: Int64 = 1_000

    init(_ configuration: PostgresConfiguration, partitionCounts: PartitionCounts) {
        connection = PostgresConnection(lazily: configuration)
        self.partitionCounts = partitionCounts
    }

    func read(
        from positions: [LogPosition], maximumCount: Int, maximumByteCount: Int, into batch: inout RecordBatch
    ) throws(LogError) {
        guard let topic = try Self.topic(of: positions) else { return }
        let limit = max(1, maximumCount)
        let starts = rotated(positions, topic)
        do throws(PostgresError) {
            let rows = try connection.query(
                LogStatements.of(topic).read,
                [
                    .int32Array(starts.map(\.partition)), .int64Array(starts.map(\.offset)), .int64(Int64(limit)),
                    .int64(Int64(maximumByteCount)),
                ])
            for row in 0..<rows.rowCount { try append(row, of: rows, topic, to: &batch) }
            // Whether the bytes were the bound is not said; beginning elsewhere next time does no harm.
            lastBoundedPartition[topic] = rows.rowCount > 0 ? batch.entries.last?.position.partition : nil
        } catch {
            throw LogError(error)
        }
    }

    func wait(for positions: [LogPosition], timeoutMilliseconds: Int) throws(LogError) -> Bool {
        guard let topic = try Self.topic(of: positions) else { return false }
        let statements = LogStatements.of(topic)
        let deadline = MonotonicTime.deadline(afterMilliseconds: timeoutMilliseconds)
        let values: [PostgresValue] = [
            .int32Array(positions.map(\.partition)), .int64Array(positions.map(\.offset)), .int64(1),
        ]
        do throws(PostgresError) {
            // Listening begins before the first look, so that nothing falls between.
            try connection.listenOnce(to: statements.channel)
            while true {
                if try connection.query(statements.isAnythingThere, values).rowCount > 0 { return true }
                let remaining = deadline - MonotonicTime.milliseconds()
                guard remaining > 0 else { return false }
                let pause = min(remaining, Self.pollIntervalMilliseconds)
                guard try connection.waitForNotification(timeoutMilliseconds: Int(pause)) != nil else { continue }
                // One look serves all that were said before it.
                while try connection.waitForNotification(timeoutMilliseconds: 0) != nil {}
            }
        } catch {
            throw LogError(error)
        }
    }

    func endOffsets(of topic: Topic) throws(LogError) -> [Int64] {
        let count = try partitionCounts.count(of: topic, query: connection.query)
        do throws(PostgresError) {
            let rows = try connection.query(LogStatements.of(topic).endOffsets, [.int32(count)])
            var offsets: [Int64] = []
            for row in 0..<rows.rowCount { offsets.append(try rows.int64(row: row, column: 0)) }
            return offsets
        } catch {
            throw LogError(error)
        }
    }

    func close() { connection.close() }

    private func append(
        _ row: Int, of rows: ResultSet, _ topic: Topic, to batch: inout RecordBatch
    ) throws(PostgresError) {
        let position = LogPosition(
            topic: topic, partition: Int32(truncatingIfNeeded: try rows.int64(row: row, column: 0)),
            offset: try rows.int64(row: row, column: 1))
        guard let kind = UInt8(exactly: try rows.int64(row: row, column: 3)),
            let id = unsafe Digest(bytes: rows.buffer(row: row, column: 4))
        else { throw PostgresError(.unexpectedShape, "a record's kind or id has a wrong size") }
        // The batch copies the cells, whose result lives until this function returns.
        unsafe batch.append(
            position: position, id: id, kind: kind, time: try rows.int64(row: row, column: 2),
            key: rows.buffer(row: row, column: 6), source: rows.buffer(row: row, column: 5),
            value: rows.buffer(row: row, column: 7))
    }

    private func rotated(_ positions: [LogPosition], _ topic: Topic) -> [LogPosition] {
        let sorted = positions.sorted { $0.partition < $1.partition }
        guard let last = lastBoundedPartition[topic] else { return sorted }
        let first = sorted.firstIndex { $0.partition > last } ?? 0
        return Array(sorted[first...] + sorted[..<first])
    }

    private static func topic(of positions: [LogPosition]) throws(LogError) -> Topic? {
        guard let topic = positions.first?.topic else { return nil }
        guard positions.allSatisfy({ $0.topic == topic }) else {
            throw LogError(.refused, "one read is of one topic")
        }
        return topic
    }
}
