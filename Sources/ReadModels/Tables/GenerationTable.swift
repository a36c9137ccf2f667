/// A table of a generation as batches write it: rows are copied into a staging table of the session and merged from
/// there, set-based. All names are constants of this module.
public struct GenerationTable: Sendable {
    /// The table's name within its schema.
    public let name: String
    /// The primary key, beginning with chain and wallet.
    public let key: [String]
    /// The other columns that are written.
    public let values: [String]

    /// Columns in the order in which rows are copied.
    public var columns: [String] { key + values }

    /// The staging table of this session.
    public func stage(of generation: Generation) -> String { "stage_\(generation.schema)_\(name)" }

    /// Makes the staging table, emptied by each commit.
    public func createStage(of generation: Generation) -> String {
        """
        CREATE TEMPORARY TABLE IF NOT EXISTS \(stage(of: generation)) ON COMMIT DELETE ROWS AS
        SELECT \(columns.joined(separator: ", ")) FROM \(generation.schema).\(name) WITH NO DATA;
        """
    }

    /// Inserts staged rows, or updates where something differs.
    public func merge(into generation: Generation) -> String {
        let old = values.map { "t.\($0)" }.joined(separator: ", ")
        let new = values.map { "excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(generation.schema).\(name) AS t (\(columns.joined(separator: ", ")))
            SELECT \(columns.joined(separator: ", ")) FROM \(stage(of: generation))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE
            SET \(values.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            WHERE (\(old)) IS DISTINCT FROM (\(new))
            """
    }

    /// Deletes rows of the refolded wallets that no longer exist.
    public func deleteGone(from generation: Generation) -> String {
        """
        DELETE FROM \(generation.schema).\(name) t USING \(Self.refolded(of: generation)) w
        WHERE t.chain = w.chain AND t.wallet = w.wallet AND NOT EXISTS (
            SELECT FROM \(stage(of: generation)) s
            WHERE \(key.map { "s.\($0) = t.\($0)" }.joined(separator: " AND ")))
        """
    }

    /// The staging table that lists the refolded wallets, and which of them are parked.
    public static func refolded(of generation: Generation) -> String { "stage_\(generation.schema)_refolded" }

    /// Makes the list of refolded wallets, emptied by each commit.
    public static func createRefolded(of generation: Generation) -> String {
        """
        CREATE TEMPORARY TABLE IF NOT EXISTS \(refolded(of: generation))
            (chain smallint, wallet bytea, is_parked boolean)
        ON COMMIT DELETE ROWS;
        """
    }
}

extension GenerationTable {
    /// One row a wallet.
    public static let walletPnl = GenerationTable(
        name: "wallet_pnl", key: ["chain", "wallet"],
        values: [
            "total_pnl", "realised_pnl", "unrealised_pnl", "invested", "returned", "trades", "wins", "losses",
            "win_rate_millionths", "profit_ratio_millionths", "average_hold", "unique_tokens", "active_days",
            "one_sided", "transactions", "refused", "analysed_at", "covered_from", "covered_to", "reached_beginning",
            "stop_reason", "timeframe", "transaction_limit", "limit_hit", "is_degraded", "partition", "body",
            "last_offset", "written_at",
        ])

    /// One row a wallet and asset.
    public static let tokenPnl = GenerationTable(
        name: "token_pnl", key: ["chain", "wallet", "asset"],
        values: [
            "symbol", "decimals", "is_excluded", "is_quote", "is_spam", "is_unrepresentable", "event_count",
            "realised_pnl", "unrealised_pnl", "latest_price_coefficient", "latest_price_exponent",
            "latest_price_time", "latest_price_source", "invested", "returned", "fees", "return_millionths",
            "trades", "wins", "losses", "hold_seconds",
            "minimum_hold_seconds", "maximum_hold_seconds", "held_known", "held_cost", "held_unknown", "received",
            "received_sold", "missing", "proceeds_without_basis", "receipt_consumptions", "one_sided",
            "unpriced_legs", "body",
        ])

    /// Up to 256 disposals of one wallet and asset a row.
    public static let disposals = GenerationTable(
        name: "disposals", key: ["chain", "wallet", "asset", "chunk"],
        values: ["first_time", "last_time", "disposal_count", "disposals"])

    /// One row a wallet and asset with something left.
    public static let openLots = GenerationTable(
        name: "open_lots", key: ["chain", "wallet", "asset"], values: ["lot_count", "lots"])

    /// One row a wallet and UTC day.
    public static let walletDaily = GenerationTable(
        name: "wallet_daily", key: ["chain", "wallet", "day"],
        values: ["realised_pnl", "trades", "wins", "volume", "quote_realised_pnl", "fees", "swaps"])

    /// The tables that a fold fills.
    public static let folded: [GenerationTable] = [walletPnl, tokenPnl, disposals, openLots, walletDaily]
}
