import Events
import Postgres
import TestSupport

/// Appends to the embedded log, acknowledged batch by batch, beside a bare COPY of the same rows into an equal table.
struct AppendBenchmark {
    private static let recordsABatch = 1_000
    private static let batchesARound = 20
    private static let valueByteCount = 330
    private static let walletCount = 500
    private static let seed: UInt64 = 7
    private static let rounds = Rounds(count: 9, stopwatch: .wall)
    private static let copyTable = "public.copied"
    private static let topic = Topic.walletTransactions

    private let batches: [[LogRecord]]

    /// Makes the records.
    init() {
        var generator = SeededGenerator(seed: Self.seed)
        let keys = (0..<Self.walletCount).map { _ in Trader(tokenCount: 0, &generator).wallet.logKey }
        batches = (0..<Self.batchesARound).map { _ in
            (0..<Self.recordsABatch).map { _ in
                let value = (0..<Self.valueByteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
                return LogRecord(
                    key: keys[Int.random(in: 0..<keys.count, using: &generator)], id: TradingHistory.sha256(value),
                    kind: .transactionObserved, source: "zerion", time: 1_735_689_600_000_000, value: value)
            }
        }
    }

    /// Measures both ways in turns; each round writes the same rows anew.
    func run() throws {
        let database = try BenchmarkDatabase(named: "bench_append")
        let log = PostgresLog(try database.configuration())
        let appender = try log.makeAppender()
        defer { appender.close() }
        let connection = try PostgresConnection(database.configuration())
        defer { connection.close() }
        try connection.execute("CREATE TABLE \(Self.copyTable) (LIKE log.records_wallet_transactions INCLUDING ALL)")
        let partitionCount = try log.partitionCount(of: Self.topic)
        var nextOffsets = [Int64](repeating: 0, count: Int(partitionCount))
        let seconds = try Self.rounds.medianSeconds([
            { for batch in batches { try append(batch, with: appender) } },
            { for batch in batches { try copy(batch, to: connection, &nextOffsets) } },
        ])
        let thousands = seconds.map { Double(Self.recordsABatch * Self.batchesARound) / 1000 / $0 }
        Measurement(
            benchmark: .append, figure: "postgres-log", value: thousands[0], unit: "k events/s",
            reference: thousands[1]
        ).report()
    }

    private func append(_ batch: [LogRecord], with appender: any LogAppender) throws {
        for result in appender.append(batch, to: Self.topic) { _ = try result.get() }
    }

    /// A transaction a batch, as an append is one.
    private func copy(_ batch: [LogRecord], to connection: PostgresConnection, _ nextOffsets: inout [Int64]) throws {
        let columns = [
            "topic", "partition", "offset", "time", "kind", "id", "source", "trace_parent", "key", "value",
        ]
        _ = try connection.copyIn(to: Self.copyTable, columns: columns) { writer in
            for record in batch {
                let partition = Partitioner.partition(forKey: record.key, count: Int32(nextOffsets.count))
                writer.append(Self.topic.rawValue)
                writer.append(partition)
                writer.append(nextOffsets[Int(partition)])
                writer.append(record.time)
                writer.append(Int16(record.kind.rawValue))
                writer.append(bytes: record.id.bytes)
                writer.append(record.source)
                writer.appendNull()
                writer.append(bytes: record.key)
                writer.append(bytes: record.value)
                try writer.endRow()
                nextOffsets[Int(partition)] += 1
            }
        }
    }
}
