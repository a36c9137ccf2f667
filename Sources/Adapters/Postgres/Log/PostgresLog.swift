public import Events
import Synchronization

/// The embedded log: a partitioned append-only table (`schemas/log`) in the server that holds the read models as well.
///
/// Offsets of a partition have no gaps: an append takes the partition's advisory lock, which ends with its transaction,
/// and counts on from the last record. Needs INSERT and SELECT on `log.records`, SELECT on `base.log`, and for the
/// ownership SELECT, INSERT and UPDATE on `log.leases`.
public final class PostgresLog: EventLog {
    private let configuration: PostgresConfiguration
    private let partitionCounts = PartitionCounts()
    private let notifier: LogNotifier

    /// A log in the database of `configuration`; connects when something is opened or asked.
    public init(_ configuration: PostgresConfiguration) {
        var configuration = configuration
        // Every statement walks the key's index from a known place. Statistics of a log that was empty a moment ago
        // would suggest otherwise, and a plan chosen anew for each set of values costs more than the work itself.
        configuration.sessionSettings.merge([
            "enable_seqscan": "off", "enable_bitmapscan": "off", "plan_cache_mode": "force_generic_plan",
            "work_mem": "64MB",
        ]) { given, _ in given }
        self.configuration = configuration
        notifier = LogNotifier(configuration)
    }

    /// Opens an appender; it connects with its first append.
    public func makeAppender() throws -> any LogAppender {
        PostgresLogAppender(configuration, partitionCounts: partitionCounts, notifier: notifier)
    }

    /// Opens a reader; it connects with its first read.
    public func makeReader() throws -> any LogReader {
        PostgresLogReader(configuration, partitionCounts: partitionCounts)
    }

    /// Opens the leases of a group; it connects with its first claim.
    public func makeOwnership(group: String) throws -> any PartitionOwnership {
        PostgresPartitionOwnership(configuration, group: group)
    }

    /// Number of partitions of a topic as recorded in `base.log`.
    public func partitionCount(of topic: Topic) throws -> Int32 {
        let connection = PostgresConnection(lazily: configuration)
        defer { connection.close() }
        return try partitionCounts.count(of: topic, query: connection.query)
    }
}

/// The partition counts of `base.log`, which never change, read once a process.
final class PartitionCounts: Sendable {
    private let known = Mutex<[Topic: Int32]>([:])
    private static let statement = PostgresStatement(
        name: "partition_count", "SELECT partitions FROM base.log WHERE topic = $1")

    /// The count of a topic; `query` is asked only the first time.
    func count(
        of topic: Topic, query: (PostgresStatement, [PostgresValue]) throws(PostgresError) -> ResultSet
    ) throws(LogError) -> Int32 {
        if let count = known.withLock({ $0[topic] }) { return count }
        do throws(PostgresError) {
            let rows = try query(Self.statement, [.int16(topic.rawValue)])
            guard rows.rowCount == 1, let count = Int32(exactly: try rows.int64(row: 0, column: 0)), count > 0 else {
                throw PostgresError(.unexpectedShape, "base.log records no partitions of \(topic.name)")
            }
            known.withLock { $0[topic] = count }
            return count
        } catch {
            throw LogError(error)
        }
    }
}

extension LogError {
    /// What an error of the database means to somebody who uses the log.
    init(_ error: PostgresError) {
        self.init(Self.code(of: error), error.description)
    }

    private static func code(of error: PostgresError) -> Code {
        if error.code == .closed { return .closed }
        if error.isConnectionLoss || error.isRetriable { return .unavailable }
        guard let sqlState = error.sqlState else { return .mismatch }
        // Out of resources, stopped by an operator or a timeout, server in recovery: later it may work.
        let passing = ["53", "57", "58", "XX", "25006"]
        if passing.contains(where: sqlState.hasPrefix) { return .unavailable }
        // No such database, schema, table or column.
        let missing = ["3D000", "3F000", "42P01", "42703"]
        return missing.contains(sqlState) ? .mismatch : .refused
    }
}
