/// Statements of v3 lists that the tables answer, a page each, after the statement's own `$1` to `$3`.
enum InquiryStatement {
    /// Lines of tokens by address: `$4` the address before the page, NULL for the first, `$5` how many.
    static let tokens = WalletStatement(
        name: "v3_tokens",
        columns: "CASE WHEN t.ordinal IS NULL OR t.ordinal = 1 THEN w.body END, t.asset, t.body",
        joins: """
            LEFT JOIN LATERAL (
                SELECT row_number() OVER (ORDER BY k.asset) AS ordinal, k.asset, k.body FROM {schema}.token_pnl k
                WHERE k.chain = w.chain AND k.wallet = w.wallet AND ($4::bytea IS NULL OR k.asset > $4::bytea)
                ORDER BY k.asset LIMIT $5::integer
            ) t ON true
            """,
        order: "t.ordinal")

    /// One token's line: `$4` its address.
    static let token = WalletStatement(
        name: "v3_token", columns: "w.body, t.body",
        joins: "LEFT JOIN {schema}.token_pnl t ON t.chain = w.chain AND t.wallet = w.wallet AND t.asset = $4::bytea")

    /// Days, oldest first: `$4` the first of the page, `$5` how many.
    static let daily = WalletStatement(
        name: "v3_daily",
        columns: """
            CASE WHEN d.ordinal IS NULL OR d.ordinal = 1 THEN w.body END, d.day, d.realised_pnl, d.trades, d.wins,
            d.volume, d.quote_realised_pnl, d.fees, d.swaps
            """,
        joins: """
            LEFT JOIN LATERAL (
                SELECT row_number() OVER (ORDER BY k.day) AS ordinal, k.* FROM {schema}.wallet_daily k
                WHERE k.chain = w.chain AND k.wallet = w.wallet AND k.day >= $4::integer
                ORDER BY k.day LIMIT $5::integer
            ) d ON true
            """,
        order: "d.ordinal")
}
