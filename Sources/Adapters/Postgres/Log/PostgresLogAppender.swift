import Events

/// Appends with one round trip a transaction: BEGIN, locks, insert, COMMIT.
///
/// The locks are taken in ascending order, so appenders never wait for each other in a circle. The insert is another
/// statement: it has to see what was committed while the lock was awaited, and a snapshot is as old as its statement.
final class PostgresLogAppender: LogAppender {
    private let pipeline: PostgresPipeline
    private let partitionCounts: PartitionCounts
    private let notifier: LogNotifier
    /// Most records and bytes of values in one transaction; a larger batch becomes several.
    private static let maximumRecordsATransaction = 10_000
    private static let maximumBytesATransaction = 16 << 20

    init(_ configuration: PostgresConfiguration, partitionCounts: PartitionCounts, notifier: LogNotifier) {
        pipeline = PostgresPipeline(lazily: configuration)
        self.partitionCounts = partitionCounts
        self.notifier = notifier
    }

    func append(_ records: [LogRecord], to topic: Topic) -> [Result<LogPosition, LogError>] {
        var results = records.map { _ in Result<LogPosition, LogError>.failure(LogError(.unavailable, "not tried")) }
        do throws(LogError) {
            let count = try partitionCounts.count(of: topic) { statement, values throws(PostgresError) in
                let result = pipeline.submit([PipelineRequest(statement, values)]).first
                guard let result else { throw PostgresError(.unexpectedShape, "a request has no result") }
                return try result.get()
            }
            var chunk = AppendBatch(topic: topic, partitionCount: count)
            for (index, record) in records.enumerated() {
                guard record.value.count <= LogRecord.maximumValueByteCount else {
                    results[index] = .failure(
                        LogError(
                            .tooLarge,
                            "a value of \(record.value.count) bytes exceeds \(LogRecord.maximumValueByteCount)"))
                    continue
                }
                chunk.add(record, index: index)
                if chunk.count == Self.maximumRecordsATransaction || chunk.byteCount >= Self.maximumBytesATransaction {
                    try append(chunk, &results)
                    chunk = AppendBatch(topic: topic, partitionCount: count)
                }
            }
            if chunk.count > 0 { try append(chunk, &results) }
        } catch {
            // What comes after a failure is not tried, so that records of one key keep their order.
            for index in results.indices {
                if case .failure(let reason) = results[index], reason.code == .unavailable {
                    results[index] = .failure(error)
                }
            }
        }
        return results
    }

    func close() { pipeline.close() }

    private func append(
        _ batch: AppendBatch, _ results: inout [Result<LogPosition, LogError>]
    ) throws(LogError) {
        do throws(PostgresError) {
            let answers = try pipeline.transaction(batch.requests)
            try batch.assign(answers[answers.count - 1], to: &results)
        } catch {
            guard error.code == .commitUnknown else { throw LogError(error) }
            throw LogError(.unavailable, "the records may be in the log: \(error.description)")
        }
        notifier.appended(to: batch.topic)
    }
}
