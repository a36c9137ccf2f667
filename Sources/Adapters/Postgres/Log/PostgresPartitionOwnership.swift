import Events

/// Leases in `log.leases`. Time is the server's, so that clocks of owners need not agree.
final class PostgresPartitionOwnership: PartitionOwnership {
    private let connection: PostgresConnection
    private let group: String

    /// `clock_timestamp` moves on while a row's lock is awaited, `now` would not.
    private static let claim = PostgresStatement(
        name: "claim_lease",
        """
        INSERT INTO log.leases AS lease ("group", topic, partition, owner, epoch, expires_at)
        VALUES ($1, $2, $3, $4, 1, clock_timestamp() + $5 * interval '1 millisecond')
        ON CONFLICT ("group", topic, partition) DO UPDATE SET
            owner = excluded.owner,
            epoch = lease.epoch
                + CASE WHEN lease.owner = excluded.owner AND lease.expires_at > clock_timestamp() THEN 0 ELSE 1 END,
            expires_at = clock_timestamp() + $5 * interval '1 millisecond'
        WHERE lease.owner = excluded.owner OR lease.expires_at <= clock_timestamp()
        RETURNING epoch
        """)
    private static let renew = PostgresStatement(
        name: "renew_lease",
        """
        UPDATE log.leases SET expires_at = clock_timestamp() + $6 * interval '1 millisecond'
        WHERE "group" = $1 AND topic = $2 AND partition = $3 AND owner = $4 AND epoch = $5
            AND expires_at > clock_timestamp()
        """)
    private static let holder = PostgresStatement(
        name: "lease_holder",
        """
        SELECT owner FROM log.leases
        WHERE "group" = $1 AND topic = $2 AND partition = $3 AND expires_at > clock_timestamp()
        """)
    /// The row stays, so that the epoch goes on growing.
    private static let release = PostgresStatement(
        name: "release_lease",
        """
        UPDATE log.leases SET expires_at = '-infinity'
        WHERE "group" = $1 AND topic = $2 AND partition = $3 AND owner = $4 AND epoch = $5
        """)

    init(_ configuration: PostgresConfiguration, group: String) {
        connection = PostgresConnection(lazily: configuration)
        self.group = group
    }

    func claim(
        topic: Topic, partition: Int32, owner: String, leaseMilliseconds: Int
    ) throws(LogError) -> PartitionLease? {
        do throws(PostgresError) {
            let rows = try connection.query(
                Self.claim,
                [
                    .text(group), .int16(topic.rawValue), .int32(partition), .text(owner),
                    .int32(Int32(clamping: leaseMilliseconds)),
                ])
            guard rows.rowCount == 1 else { return nil }
            return PartitionLease(
                topic: topic, partition: partition, owner: owner, epoch: try rows.int64(row: 0, column: 0))
        } catch {
            throw LogError(error)
        }
    }

    func renew(_ lease: PartitionLease, leaseMilliseconds: Int) throws(LogError) -> Bool {
        try update(Self.renew, lease, [.int32(Int32(clamping: leaseMilliseconds))])
    }

    func release(_ lease: PartitionLease) throws(LogError) {
        _ = try update(Self.release, lease, [])
    }

    func holder(topic: Topic, partition: Int32) throws(LogError) -> String? {
        do throws(PostgresError) {
            let rows = try connection.query(
                Self.holder, [.text(group), .int16(topic.rawValue), .int32(partition)])
            return rows.rowCount == 1 ? try rows.text(row: 0, column: 0) : nil
        } catch {
            throw LogError(error)
        }
    }

    func close() { connection.close() }

    /// Whether the lease was still held.
    private func update(
        _ statement: PostgresStatement, _ lease: PartitionLease, _ further: [PostgresValue]
    ) throws(LogError) -> Bool {
        do throws(PostgresError) {
            let values: [PostgresValue] = [
                .text(group), .int16(lease.topic.rawValue), .int32(lease.partition), .text(lease.owner),
                .int64(lease.epoch),
            ]
            return try connection.query(statement, values + further).affectedRowCount == 1
        } catch {
            throw LogError(error)
        }
    }
}
