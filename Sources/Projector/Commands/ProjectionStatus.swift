import Events
import Postgres
import ReadModels

/// How far base and the live generation are behind the log: `projector status`.
struct ProjectionStatus {
    /// One partition.
    struct Partition: Sendable, Hashable {
        let partition: Int32
        let nextOffset: Int64
        let endOffset: Int64
        var lag: Int64 { max(0, endOffset - nextOffset) }
    }

    let generation: Generation
    let partitions: [Partition]
    /// Wallets that serve their last good numbers.
    let parkedWallets: Int64

    /// Events that are not projected yet.
    var lag: Int64 { partitions.reduce(0) { $0 + $1.lag } }

    /// Reads the progress of the live generation and the ends of the log.
    init(_ connection: PostgresConnection, reader: any LogReader) throws {
        guard let live = try LiveGeneration.read(connection) else { throw ProjectorError.notMigrated }
        generation = live
        let ends = try reader.endOffsets(of: .walletTransactions)
        var next = [Int64](repeating: 0, count: ends.count)
        for place in try ProjectionProgress(schema: live.schema).read(connection)
        where place.topic == .walletTransactions && Int(place.partition) < ends.count {
            next[Int(place.partition)] = place.nextOffset
        }
        partitions = ends.indices.map {
            Partition(partition: Int32($0), nextOffset: next[$0], endOffset: ends[$0])
        }
        let parked = try connection.query("SELECT count(*) FROM \(live.schema).parked_wallets")
        parkedWallets = try parked.int64(row: 0, column: 0)
    }

    /// A line a partition and one for the whole.
    var text: String {
        var lines = partitions.map {
            "\(Topic.walletTransactions.name)/\($0.partition)  position \($0.nextOffset)  end \($0.endOffset)"
                + "  lag \($0.lag)"
        }
        lines.append(
            "generation \(generation.number) (\(generation.identity))  lag \(lag) events"
                + "  parked wallets \(parkedWallets)"
        )
        return lines.joined(separator: "\n")
    }
}
