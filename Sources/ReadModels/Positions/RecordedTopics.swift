public import Events
public import Postgres

/// The shape the log was created with: `base.log`.
public enum RecordedTopics {
    /// Partitions of each recorded topic; empty before the first migration.
    public static func partitionCounts(_ connection: PostgresConnection) throws(PostgresError) -> [Topic: Int32] {
        let rows = try connection.query("SELECT topic, partitions FROM base.log")
        var counts: [Topic: Int32] = [:]
        for row in 0..<rows.rowCount {
            guard let topic = Topic(rawValue: Int16(truncatingIfNeeded: try rows.int64(row: row, column: 0))) else {
                throw PostgresError(.unexpectedShape, "base.log records an unknown topic")
            }
            counts[topic] = Int32(truncatingIfNeeded: try rows.int64(row: row, column: 1))
        }
        return counts
    }
}
