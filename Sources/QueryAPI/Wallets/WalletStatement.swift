import Events

/// A statement about one wallet. `$1` are the partitions whose progress is asked for, `$2` the chains, `$3` the
/// address.
///
/// It has one text for each chain and one for an address that is on several: a chain's wallets are a partition of their
/// own (schemas/generation.sql), and a prepared statement over all of them would lock and open each at every run.
struct WalletStatement: Sendable {
    /// Columns before those of the wallet's figures.
    static let figuresColumn = 3
    /// Columns before those a statement adds.
    static let addedColumn = figuresColumn + WalletFigures.columnCount

    private let anyChain: ReadStatement
    private let byChain: [Chain: ReadStatement]

    /// The figures of the wallet on each of the chains, and what `columns` and `joins` add. Without a row of the wallet
    /// there still is one that says whether anything is known of it.
    init(name: String, columns: String, joins: String = "", order: String = "") {
        func text(of table: String) -> String {
            """
            SELECT \(ReadStatement.headOfPartitions),
                   CASE WHEN w.chain IS NULL THEN
                       EXISTS (SELECT FROM base.tracked_wallets k
                               WHERE k.chain = ANY($2::smallint[]) AND k.wallet = $3::bytea AND k.is_tracked)
                       OR EXISTS (SELECT FROM base.wallet_events e
                                  WHERE e.chain = ANY($2::smallint[]) AND e.wallet = $3::bytea)
                   END AS is_known,
                   \(WalletFigures.columnsWithoutFlags),
                   \(columns)
            FROM base.live
            LEFT JOIN {schema}.\(table) w ON w.chain = ANY($2::smallint[]) AND w.wallet = $3::bytea
            \(joins)
            \(order.isEmpty ? "" : "ORDER BY \(order)")
            """
        }
        anyChain = ReadStatement(name: name, text(of: "wallet_pnl"))
        byChain = Dictionary(
            uniqueKeysWithValues: Chain.allCases.map { chain in
                let table = "wallet_pnl_\(chain.rawValue)"
                return (chain, ReadStatement(name: "\(name)_\(chain.rawValue)", text(of: table)))
            })
    }

    /// The text for the chains on which a wallet may be.
    func statement(for wallet: WalletReference) -> ReadStatement {
        guard wallet.chains.count == 1, let statement = byChain[wallet.chains[0]] else { return anyChain }
        return statement
    }

    /// The wallet and its rendered body.
    static let portfolio = WalletStatement(name: "wallet_portfolio", columns: "w.body")

    /// Chunks of disposals that are read at most for one token: 4,096 disposals, of which 1,000 are listed.
    static let maximumTokenChunkCount = 16

    /// The wallet's body and one token (`$4`) in the first row, and its newest chunks of disposals, a row each.
    static let token = WalletStatement(
        name: "wallet_token",
        columns: """
            CASE WHEN d.ordinal IS NULL OR d.ordinal = 1 THEN w.body END,
            CASE WHEN d.ordinal IS NULL OR d.ordinal = 1 THEN t.body END,
            t.symbol, t.decimals, t.is_excluded, t.is_quote, t.is_spam, d.chunk, d.disposals
            """,
        joins: """
            LEFT JOIN {schema}.token_pnl t ON t.chain = w.chain AND t.wallet = w.wallet AND t.asset = $4::bytea
            LEFT JOIN LATERAL (
                SELECT row_number() OVER () AS ordinal, newest.* FROM (
                    SELECT c.chunk, c.disposals FROM {schema}.disposals c
                    WHERE c.chain = t.chain AND c.wallet = t.wallet AND c.asset = t.asset
                        AND NOT t.is_excluded
                    ORDER BY c.chunk DESC LIMIT \(maximumTokenChunkCount)
                ) AS newest
            ) d ON true
            """,
        order: "d.ordinal")

    /// Chunks and disposals that are read at most for the trades of a wallet.
    static let maximumChunkCount = 2_000
    static let maximumDisposalCount = 20_000

    /// The end of the body, which is all that says how far the wallet is complete, in the first row.
    private static func bodyEnd(ordinal: String) -> String {
        """
        CASE WHEN \(ordinal) IS NULL OR \(ordinal) = 1 THEN
            '\\x7b'::bytea || substring(w.body FROM greatest(1, octet_length(w.body) - \(bodyEndByteCount - 1)))
        END
        """
    }
    /// Bytes that hold a body's completeness, its last member, whatever it counts.
    private static let bodyEndByteCount = 4_096

    /// The wallet's newest chunks of disposals over the tokens that count, a row each.
    static let trades = WalletStatement(
        name: "wallet_trades",
        columns: "\(bodyEnd(ordinal: "d.ordinal")), d.asset, d.symbol, d.decimals, d.last_time, d.total, d.disposals",
        joins: """
            LEFT JOIN LATERAL (
                SELECT row_number() OVER () AS ordinal, newest.* FROM (
                    SELECT c.asset, t.symbol, t.decimals, c.last_time, c.disposals, count(*) OVER () AS total,
                           sum(c.disposal_count) OVER (ORDER BY c.last_time DESC, c.asset, c.chunk DESC)
                               - c.disposal_count AS newer
                    FROM {schema}.disposals c
                    JOIN {schema}.token_pnl t ON t.chain = c.chain AND t.wallet = c.wallet AND t.asset = c.asset
                    WHERE c.chain = w.chain AND c.wallet = w.wallet AND NOT t.is_excluded
                    ORDER BY c.last_time DESC, c.asset, c.chunk DESC LIMIT \(maximumChunkCount)
                ) AS newest WHERE newest.newer < \(maximumDisposalCount)
            ) d ON true
            """,
        order: "d.ordinal")

    /// Positions that are listed at most, the largest by value.
    static let maximumPositionCount = 1_000

    /// What the wallet holds of the tokens that count, a row each. Values are exact products of the price's digits.
    static let positions = WalletStatement(
        name: "wallet_positions",
        columns: """
            \(bodyEnd(ordinal: "p.ordinal")),
            p.asset, p.symbol, p.decimals, p.held_known, p.held_cost, p.held_unknown, p.unrealised_pnl,
            trim_scale(round(p.value, 18))::text, trim_scale(p.share)::text, (p.share * 1000000)::bigint,
            p.latest_price_time, p.latest_price_source, p.total,
            substring(l.lots FOR \(LotPrefix.byteCount))
            """,
        joins: """
            LEFT JOIN LATERAL (
                SELECT held.*, count(*) OVER () AS total,
                       row_number() OVER (ORDER BY held.value DESC NULLS LAST, held.held_cost DESC, held.asset)
                           AS ordinal,
                       round(100 * held.value / nullif(sum(held.value) OVER (), 0), 6) AS share
                FROM (
                    SELECT t.*, t.latest_price_coefficient * (t.held_known + greatest(t.held_unknown, 0))
                                * ('1e' || (t.latest_price_exponent - t.decimals))::numeric AS value
                    FROM {schema}.token_pnl t
                    WHERE t.chain = w.chain AND t.wallet = w.wallet AND NOT t.is_excluded
                        AND (t.held_known > 0 OR t.held_unknown > 0)
                ) AS held
                ORDER BY ordinal LIMIT \(maximumPositionCount)
            ) p ON true
            LEFT JOIN {schema}.open_lots l ON l.chain = w.chain AND l.wallet = w.wallet AND l.asset = p.asset
            """,
        order: "p.ordinal")
}
