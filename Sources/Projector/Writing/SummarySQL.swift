import ReadModels

/// Keeps `summary` equal to the sum of `wallet_pnl`, a batch's difference at a time: exact sums do not depend on the
/// order of batches.
enum SummarySQL {
    private static let sums: [(column: String, expression: String)] = [
        ("wallets", "count(*)"),
        ("profitable_wallets", "count(*) FILTER (WHERE total_pnl > 0)"),
        ("total_pnl", "sum(total_pnl)"),
        ("realised_pnl", "sum(realised_pnl)"),
        ("unrealised_pnl", "sum(unrealised_pnl)"),
        ("trades", "sum(trades)"),
        ("wins", "sum(wins)"),
        ("losses", "sum(losses)"),
        ("one_sided", "sum(one_sided)"),
        ("refused", "sum(refused)"),
        ("degraded_wallets", "count(*) FILTER (WHERE is_degraded)"),
    ]

    /// Adds the difference between the staged rows and those they will replace; to be run before the merge.
    static func applyDifference(in generation: Generation) -> String {
        let table = GenerationTable.walletPnl
        let columns = sums.map(\.column)
        let expressions = sums.map { "\($0.expression) AS \($0.column)" }.joined(separator: ", ")
        let differences = columns.map { "coalesce(new.\($0), 0) - coalesce(old.\($0), 0)" }
        return """
            WITH old AS (
                SELECT chain, partition, \(expressions)
                FROM \(generation.schema).wallet_pnl
                JOIN \(GenerationTable.refolded(of: generation)) USING (chain, wallet)
                GROUP BY chain, partition
            ), new AS (
                SELECT chain, partition, \(expressions) FROM \(table.stage(of: generation)) GROUP BY chain, partition
            )
            INSERT INTO \(generation.schema).summary AS t (chain, partition, \(columns.joined(separator: ", ")))
            SELECT chain, partition, \(differences.joined(separator: ", "))
            FROM new FULL JOIN old USING (chain, partition)
            ON CONFLICT (chain, partition) DO UPDATE
            SET \(columns.map { "\($0) = t.\($0) + excluded.\($0)" }.joined(separator: ", "))
            """
    }

    /// Forgets sums of nothing: how wallets came and went is no part of the state.
    static func deleteEmpty(in generation: Generation) -> String {
        "DELETE FROM \(generation.schema).summary WHERE wallets = 0"
    }

    /// Marks wallets ($1 chains, $2 addresses) as degraded and counts those that were not.
    static func degrade(in generation: Generation) -> String {
        """
        WITH degraded AS (
            UPDATE \(generation.schema).wallet_pnl p SET is_degraded = true
            FROM unnest($1::smallint[], $2::bytea[]) AS w (chain, wallet)
            WHERE p.chain = w.chain AND p.wallet = w.wallet AND NOT p.is_degraded
            RETURNING p.chain, p.partition
        )
        UPDATE \(generation.schema).summary s SET degraded_wallets = s.degraded_wallets + d.count
        FROM (SELECT chain, partition, count(*) AS count FROM degraded GROUP BY chain, partition) d
        WHERE s.chain = d.chain AND s.partition = d.partition
        """
    }
}
