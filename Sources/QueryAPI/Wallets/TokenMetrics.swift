/// Copy-trading metrics over the tokens that count (domain.md 1.7), computed exactly by the database: those in
/// `foldedNames` by the formulas of `r1`, the others for every rule set.
enum TokenMetrics {
    /// A metric's name and the expression behind it, over the rows `k` of `tokens`.
    private static let metrics: [(name: String, expression: String)] = [
        ("win_rate_token_percentage", "100.0 * k.wins / nullif(k.wins + k.losses, 0)"),
        ("avg_winning_trade_pct", "k.average_win"),
        ("avg_losing_trade_pct", "k.average_loss"),
        (
            "expectancy_percentage",
            "(k.wins * coalesce(k.average_win, 0) + k.losses * coalesce(k.average_loss, 0))"
                + " / nullif(k.wins + k.losses, 0)"
        ),
        ("median_loss_percentage", "(k.loss_low + k.loss_high) / 2"),
        ("median_roi_percentage", "(k.roi_low + k.roi_high) / 2"),
        ("median_profit_usd", "(k.profit_low + k.profit_high) / 2"),
        ("top1_pnl_usd", "k.top"),
        (
            "skill_pnl_ratio",
            "CASE WHEN k.pnl > 0 THEN (k.pnl - greatest(k.top, 0)) / k.pnl WHEN k.closed > 0 THEN 0 END"
        ),
        ("profit_factor", "k.gains / nullif(-k.drops, 0)"),
        ("max_position_percentage", "100 * k.largest / nullif(k.invested, 0)"),
        ("partial_exit_frequency", "1.0 * k.partial / nullif(k.closed, 0)"),
        ("profitable_tokens_count", "k.profitable"),
    ]

    /// What a token must have returned, in percent, to count as profitable (domain.md 1.7, X).
    static let profitableThresholdPercent = 20

    static var names: [String] { metrics.map(\.name) }

    /// Names of metrics, and under which name a body has them whose rule set folds them (`WalletBody`, copy_trading).
    static let foldedNames = [
        "win_rate_token_percentage": "win_rate_percentage", "avg_winning_trade_pct": "average_win_percentage",
        "avg_losing_trade_pct": "average_loss_percentage", "expectancy_percentage": "expectancy_percentage",
        "median_loss_percentage": "median_loss_percentage", "median_roi_percentage": "median_return_percentage",
        "median_profit_usd": "median_profit_usd", "top1_pnl_usd": "top_result_usd", "skill_pnl_ratio": "skill_ratio",
        "profitable_tokens_count": "profitable_tokens",
    ]

    /// One row of decimal texts, NULL where there is nothing to divide by. A median of an even number is the mean of
    /// the two middle values, which are the discrete medians from either end.
    static let columns = metrics.map { "trim_scale(round(\($0.expression), 6))::text" }.joined(separator: ", ")

    /// The rows behind `k`: over tokens with a closed trade, and the sums over all.
    static let join = """
        LEFT JOIN LATERAL (
            SELECT count(*) FILTER (WHERE t.trades > 0) AS closed,
                   count(*) FILTER (WHERE t.trades > 0 AND t.roi > 0) AS wins,
                   count(*) FILTER (WHERE t.trades > 0 AND t.roi < 0) AS losses,
                   avg(t.roi) FILTER (WHERE t.trades > 0 AND t.roi > 0) AS average_win,
                   avg(t.roi) FILTER (WHERE t.trades > 0 AND t.roi < 0) AS average_loss,
                   \(median("loss", of: "t.roi", where: "t.trades > 0 AND t.roi < 0")),
                   \(median("roi", of: "t.roi", where: "t.trades > 0")),
                   \(median("profit", of: "t.pnl", where: "t.trades > 0 AND t.pnl > 0")),
                   max(t.pnl) FILTER (WHERE t.trades > 0) AS top,
                   sum(t.pnl) FILTER (WHERE t.trades > 0) AS pnl,
                   sum(t.realised_pnl) FILTER (WHERE t.realised_pnl > 0) AS gains,
                   sum(t.realised_pnl) FILTER (WHERE t.realised_pnl < 0) AS drops,
                   count(*) FILTER (WHERE t.trades > 0 AND t.held_known > 0) AS partial,
                   count(*) FILTER (WHERE t.trades > 0 AND t.roi > \(profitableThresholdPercent)) AS profitable,
                   max(t.invested) AS largest, sum(t.invested) AS invested
            FROM (
                SELECT k.trades, k.realised_pnl, k.held_known, k.invested,
                       k.realised_pnl + coalesce(k.unrealised_pnl, 0) AS pnl,
                       CASE WHEN k.invested = 0 THEN 0 ELSE
                           100 * (k.returned + k.held_cost + coalesce(k.unrealised_pnl, 0)) / k.invested - 100
                       END AS roi
                FROM {schema}.token_pnl k
                WHERE k.chain = w.chain AND k.wallet = w.wallet AND NOT k.is_excluded
            ) AS t
        ) k ON true
        """

    private static func median(_ name: String, of value: String, where condition: String) -> String {
        """
        percentile_disc(0.5) WITHIN GROUP (ORDER BY \(value)) FILTER (WHERE \(condition)) AS \(name)_low,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY \(value) DESC) FILTER (WHERE \(condition)) AS \(name)_high
        """
    }

    /// The wallet, its body, and its metrics.
    static let statement = WalletStatement(
        name: "wallet_analysis", columns: "w.body, \(columns)", joins: join)
}
