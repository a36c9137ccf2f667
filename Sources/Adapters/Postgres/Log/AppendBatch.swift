import Events

/// Records of one transaction, grouped by partition.
struct AppendBatch {
    let topic: Topic
    private let partitionCount: Int32
    private(set) var count = 0
    private(set) var byteCount = 0
    /// The records of each partition, with their places in the caller's batch.
    private var groups: [Int32: [(record: LogRecord, index: Int)]] = [:]

    init(topic: Topic, partitionCount: Int32) {
        self.topic = topic
        self.partitionCount = partitionCount
    }

    mutating func add(_ record: LogRecord, index: Int) {
        let partition = Partitioner.partition(forKey: record.key, count: partitionCount)
        groups[partition, default: []].append((record, index))
        count += 1
        byteCount += record.key.count + record.value.count
    }

    /// The statements between BEGIN and COMMIT.
    var requests: [PipelineRequest] {
        let partitions = groups.keys.sorted()
        var partitionOfRecord: [Int32] = []
        var ranks: [Int32] = []
        var times: [Int64] = []
        var kinds: [Int16] = []
        var ids: [[UInt8]] = []
        var sources: [String] = []
        var traceParents: [String?] = []
        var keys: [[UInt8]] = []
        var values: [[UInt8]] = []
        for partition in partitions {
            for (rank, entry) in groups[partition, default: []].enumerated() {
                partitionOfRecord.append(partition)
                ranks.append(Int32(rank))
                times.append(entry.record.time)
                kinds.append(Int16(entry.record.kind.rawValue))
                ids.append(entry.record.id.bytes)
                sources.append(entry.record.source)
                traceParents.append(entry.record.traceParent)
                keys.append(entry.record.key)
                values.append(entry.record.value)
            }
        }
        let statements = LogStatements.of(topic)
        return [
            PipelineRequest(statements.lock, [.int32Array(partitions)]),
            PipelineRequest(
                statements.append,
                [
                    .int32Array(partitions), .int32Array(partitionOfRecord), .int32Array(ranks), .int64Array(times),
                    .int16Array(kinds), .bytesArray(ids), .textArray(sources), .optionalTextArray(traceParents),
                    .bytesArray(keys), .bytesArray(values),
                ]),
        ]
    }

    /// Says for each record where it lies, given the first offset of each partition.
    func assign(
        _ starts: ResultSet, to results: inout [Result<LogPosition, LogError>]
    ) throws(PostgresError) {
        for row in 0..<starts.rowCount {
            let partition = Int32(truncatingIfNeeded: try starts.int64(row: row, column: 0))
            let first = try starts.int64(row: row, column: 1)
            for (rank, entry) in groups[partition, default: []].enumerated() {
                results[entry.index] = .success(
                    LogPosition(topic: topic, partition: partition, offset: first + Int64(rank)))
            }
        }
    }
}
