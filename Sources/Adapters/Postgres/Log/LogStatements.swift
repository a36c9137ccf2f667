import Events

/// The statements of the log. A topic stands in the text, so that the planner looks at its table alone.
struct LogStatements {
    let lock: PostgresStatement
    let append: PostgresStatement
    let read: PostgresStatement
    let isAnythingThere: PostgresStatement
    let endOffsets: PostgresStatement
    /// What NOTIFY says after an append.
    let channel: String

    /// First key of the advisory locks, "PNL" and the topic; the second is the partition.
    private static let lockNamespace: Int32 = 0x504e_4c00

    init(_ topic: Topic) {
        let number = topic.rawValue
        channel = "log_\(number)"
        lock = PostgresStatement(
            name: "lock_\(number)",
            """
            SELECT pg_advisory_xact_lock(\(Self.lockNamespace + Int32(number)), partition)
            FROM unnest($1::integer[]) AS partition
            """)
        append = PostgresStatement(
            name: "append_\(number)",
            """
            WITH starts AS MATERIALIZED (
                SELECT partition, coalesce((
                    SELECT max("offset") + 1 FROM log.records WHERE topic = \(number) AND partition = locked.partition
                ), 0) AS first_offset
                FROM unnest($1::integer[]) AS locked (partition)
            ), inserted AS (
                INSERT INTO log.records
                    (topic, partition, "offset", time, kind, id, source, trace_parent, key, value)
                SELECT \(number), partition, first_offset + rank, time, kind, id, source, trace_parent, key, value
                FROM unnest(
                    $2::integer[], $3::integer[], $4::bigint[], $5::smallint[], $6::bytea[], $7::text[], $8::text[],
                    $9::bytea[], $10::bytea[]
                ) AS appended (partition, rank, time, kind, id, source, trace_parent, key, value)
                JOIN starts USING (partition)
            )
            SELECT partition, first_offset FROM starts
            """)
        let following = """
            unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS start (partition, "offset", place)
            CROSS JOIN LATERAL (
                SELECT * FROM log.records
                WHERE topic = \(number) AND partition = start.partition AND "offset" >= start."offset"
                ORDER BY "offset" LIMIT $3
            ) AS record
            """
        read = PostgresStatement(
            name: "read_\(number)",
            """
            SELECT partition, "offset", time, kind, id, source, key, value
            FROM (
                SELECT record.*, octet_length(key) + octet_length(value) AS size,
                    sum(octet_length(key) + octet_length(value)) OVER (ROWS UNBOUNDED PRECEDING) AS total
                FROM \(following)
                LIMIT $3
            ) AS counted
            WHERE total <= $4 OR total = size
            """)
        isAnythingThere = PostgresStatement(name: "any_\(number)", "SELECT 1 FROM \(following) LIMIT $3")
        endOffsets = PostgresStatement(
            name: "ends_\(number)",
            """
            SELECT coalesce((
                SELECT max("offset") + 1 FROM log.records WHERE topic = \(number) AND partition = existing.partition
            ), 0)
            FROM generate_series(0, $1 - 1) AS existing (partition) ORDER BY partition
            """)
    }

    private static let all = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0, LogStatements($0)) })

    /// The statements of a topic, made once.
    static func of(_ topic: Topic) -> LogStatements {
        guard let statements = all[topic] else { preconditionFailure("all cases are in the table") }
        return statements
    }
}
