public import Events
public import Postgres

/// How far one schema's tables have been projected: next offset and owner of each partition (I4).
public struct ProjectionProgress: Sendable {
    /// One partition's place.
    public struct Place: Sendable, Hashable {
        /// The topic.
        public var topic: Topic
        /// The partition.
        public var partition: Int32
        /// Offset of the first record that is not projected.
        public var nextOffset: Int64
        /// Whose epoch it is: only the owner of this epoch may move the offset.
        public var epoch: Int64
    }

    /// Another owner has taken a partition, or it has moved otherwise: what this process holds is void.
    public struct Lost: Error, Sendable, CustomStringConvertible {
        /// Names schema and partition.
        public let description: String
    }

    /// `base`, or a generation's schema: a name of ours, never text from outside.
    public let schema: String

    /// The progress rows of a schema.
    public init(schema: String) { self.schema = schema }

    /// Reads all places without touching them.
    public func read(_ connection: PostgresConnection) throws -> [Place] {
        try places(
            connection.query(
                PostgresStatement(
                    name: "progress_read_\(schema)",
                    """
                    SELECT topic, partition, next_offset, owner_epoch FROM \(schema).projection_progress
                    ORDER BY topic, partition
                    """)))
    }

    /// Takes partitions 0 ..< `count` of a topic: raises their epochs and says where to go on. The former owner's next
    /// write loses.
    public func take(
        _ connection: PostgresConnection, topic: Topic, count: Int32, owner: String
    ) throws -> [Place] {
        try places(
            connection.query(
                PostgresStatement(
                    name: "progress_take_\(schema)",
                    """
                    WITH taken AS (
                        INSERT INTO \(schema).projection_progress AS p (topic, partition, owner_epoch, owner)
                        SELECT $1::smallint, partition, 1, $3::text
                        FROM generate_series(0, $2::integer - 1) AS partition
                        ON CONFLICT (topic, partition) DO UPDATE
                        SET owner_epoch = p.owner_epoch + 1, owner = excluded.owner
                        RETURNING topic, partition, next_offset, owner_epoch
                    )
                    SELECT topic, partition, next_offset, owner_epoch FROM taken ORDER BY topic, partition
                    """),
                [.int16(topic.rawValue), .int32(count), .text(owner)]))
    }

    /// Moves offsets within the caller's transaction, by compare-and-set on offset and epoch; throws `Lost` when any
    /// row has another owner or offset than `from`, and then the caller must roll back.
    public func advance(
        _ connection: PostgresConnection, from: [Place], to offsets: [Int64], movedAt: Int64
    ) throws {
        let moved = try connection.query(
            PostgresStatement(
                name: "progress_advance_\(schema)",
                """
                UPDATE \(schema).projection_progress p
                SET next_offset = step.reached, moved_at = $6
                FROM unnest($1::smallint[], $2::integer[], $3::bigint[], $4::bigint[], $5::bigint[])
                    AS step (topic, partition, expected, epoch, reached)
                WHERE p.topic = step.topic AND p.partition = step.partition
                    AND p.next_offset = step.expected AND p.owner_epoch = step.epoch
                """),
            [
                .int16Array(from.map(\.topic.rawValue)), .int32Array(from.map(\.partition)),
                .int64Array(from.map(\.nextOffset)), .int64Array(from.map(\.epoch)), .int64Array(offsets),
                .int64(movedAt),
            ])
        guard moved.affectedRowCount == from.count else {
            throw Lost(
                description: "\(schema): \(from.count - moved.affectedRowCount) of \(from.count) partitions have moved "
                    + "or have another owner")
        }
    }

    private func places(_ rows: ResultSet) throws -> [Place] {
        try (0..<rows.rowCount).map { row in
            guard let topic = Topic(rawValue: Int16(truncatingIfNeeded: try rows.int64(row: row, column: 0))) else {
                throw PostgresError(.unexpectedShape, "\(schema).projection_progress names an unknown topic")
            }
            return Place(
                topic: topic, partition: Int32(truncatingIfNeeded: try rows.int64(row: row, column: 1)),
                nextOffset: try rows.int64(row: row, column: 2), epoch: try rows.int64(row: row, column: 3))
        }
    }
}
