import Accounting
import Events
import Postgres
import ReadModels

/// Brings a database to the shape this build needs: roles, schemas `log` and `base`, and the first generation. Takes
/// the migrator's account, is idempotent, and two at once wait for each other (design.md, First start).
struct Migrator {
    let connection: PostgresConnection
    /// What a first generation is folded with; an existing one is left as it is.
    let ruleSet: any RuleSet.Type
    /// Partitions of each topic, for a database without a log.
    let partitionCounts: [Topic: Int32]
    let now: Int64

    /// One advisory lock for all migrations of this product: "pnl" and a number.
    private static let lock: Int64 = 0x706e_6c00_0000_0001

    /// Migrates and says what was done, a line each; no lines when there was nothing to do.
    func run() throws -> [String] {
        try connection.transaction {
            _ = try connection.query("SELECT pg_advisory_xact_lock($1)", [.int64(Self.lock)])
            try connection.execute(SchemaSources.roles)
            try connection.execute(
                """
                CREATE SCHEMA IF NOT EXISTS log;
                CREATE SCHEMA IF NOT EXISTS base;
                CREATE TABLE IF NOT EXISTS base.migrations (
                    scope text NOT NULL,
                    name text NOT NULL,
                    applied_at bigint NOT NULL,
                    PRIMARY KEY (scope, name)
                );
                """)
            return try apply(SchemaSources.base, scope: "base") + apply(SchemaSources.log, scope: "log")
                + recordTopics() + createFirstGeneration()
        }
    }

    private func apply(_ migrations: [(name: String, sql: String)], scope: String) throws -> [String] {
        let rows = try connection.query("SELECT name FROM base.migrations WHERE scope = $1", [.text(scope)])
        let applied = Set(try (0..<rows.rowCount).map { try rows.text(row: $0, column: 0) })
        return try migrations.filter { !applied.contains($0.name) }.map { migration in
            try connection.execute(migration.sql)
            _ = try connection.query(
                "INSERT INTO base.migrations (scope, name, applied_at) VALUES ($1, $2, $3)",
                [.text(scope), .text(migration.name), .int64(now)])
            return "applied \(scope)/\(migration.name)"
        }
    }

    /// Records the partitions of topics that are new; those of others are fixed for ever.
    private func recordTopics() throws -> [String] {
        let recorded = try RecordedTopics.partitionCounts(connection)
        return try Topic.allCases.compactMap { topic in
            if let count = recorded[topic] {
                if let wanted = partitionCounts[topic], wanted != count {
                    throw ProjectorError.partitionsAreFixed(topic, recorded: count, wanted: wanted)
                }
                return nil
            }
            let count = partitionCounts[topic] ?? topic.initialPartitionCount
            _ = try connection.query(
                "INSERT INTO base.log (topic, name, partitions) VALUES ($1, $2, $3)",
                [.int16(topic.rawValue), .text(topic.name), .int32(count)])
            return "recorded topic \(topic.name) with \(count) partitions"
        }
    }

    private func createFirstGeneration() throws -> [String] {
        let rows = try connection.query("SELECT count(*) FROM base.live")
        guard try rows.int64(row: 0, column: 0) == 0 else { return [] }
        let generation = Generation(number: 1, identity: GenerationIdentity(ruleSet: ruleSet.identity))
        try connection.execute(SchemaSources.generation(named: generation.schema))
        _ = try connection.query(
            """
            INSERT INTO base.generations
                (number, rule_set, rule_set_version, layout_version, state, created_at, promoted_at, promoted_by,
                 reason)
            VALUES ($1, $2, $3, $4, 'live', $5, $5, 'migrate', 'first generation')
            """,
            [
                .int32(generation.number), .text(generation.identity.ruleSet.name),
                .int32(generation.identity.ruleSet.version), .int32(generation.identity.layoutVersion), .int64(now),
            ])
        _ = try connection.query("INSERT INTO base.live (generation) VALUES ($1)", [.int32(generation.number)])
        return ["created generation \(generation.number) (\(generation.identity)) and made it live"]
    }
}

extension SchemaSources {
    /// The SQL of one generation; the name is a number of ours behind a constant, never text from outside.
    static func generation(named schema: String) -> String {
        generation.split(separator: "{schema}", omittingEmptySubsequences: false).joined(separator: schema)
    }
}
