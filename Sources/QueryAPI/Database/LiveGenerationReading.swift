import Accounting
import Postgres
import ReadModels

/// Reads over a pipelined connection which generation is live, and the log's number of partitions.
enum LiveGenerationReading {
    /// The pointer and what it points to.
    static let request = PipelineRequest(
        PostgresStatement(
            name: "live_generation_and_log",
            """
            SELECT g.number, g.rule_set, g.rule_set_version, g.layout_version,
                   (SELECT partitions FROM base.log WHERE topic = 1)
            FROM base.live JOIN base.generations g ON g.number = live.generation
            """))

    /// The generation of the statement's row; nil without a row.
    static func generation(_ rows: ResultSet) throws(PostgresError) -> Generation? {
        guard rows.rowCount == 1 else { return nil }
        let ruleSet = RuleSetIdentity(
            name: try rows.text(row: 0, column: 1),
            version: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 2)))
        return Generation(
            number: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 0)),
            identity: GenerationIdentity(
                ruleSet: ruleSet, layoutVersion: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 3))))
    }

    /// Partitions of `wallet-transactions`; nil when the log was not created yet.
    static func partitionCount(_ rows: ResultSet) throws(PostgresError) -> Int32? {
        guard rows.rowCount == 1, !rows.isNull(row: 0, column: 4) else { return nil }
        return Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 4))
    }
}
