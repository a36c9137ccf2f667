import Accounting
public import Postgres

/// The pointer to the generation that is served: `base.live`.
public enum LiveGeneration {
    private static let statement = PostgresStatement(
        name: "live_generation",
        """
        SELECT g.number, g.rule_set, g.rule_set_version, g.layout_version
        FROM base.live JOIN base.generations g ON g.number = live.generation
        """)

    /// The generation that is served; nil when there is none yet, which only `projector migrate` can change.
    public static func read(_ connection: PostgresConnection) throws(PostgresError) -> Generation? {
        let rows = try connection.query(statement)
        guard rows.rowCount == 1 else { return nil }
        let ruleSet = RuleSetIdentity(
            name: try rows.text(row: 0, column: 1),
            version: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 2)))
        return Generation(
            number: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 0)),
            identity: GenerationIdentity(
                ruleSet: ruleSet, layoutVersion: Int32(truncatingIfNeeded: try rows.int64(row: 0, column: 3))))
    }
}
