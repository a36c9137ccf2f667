import Events
import Postgres

extension WalletFigures {
    /// Columns of a row `w`, in the order in which they are read.
    private static let figures = """
        w.chain, w.wallet, w.total_pnl, w.realised_pnl, w.unrealised_pnl, w.invested, w.returned,
        w.trades, w.wins, w.losses, w.win_rate_millionths, w.profit_ratio_millionths, w.average_hold,
        w.unique_tokens, w.active_days, w.one_sided, w.transactions, w.refused, w.analysed_at,
        w.timeframe, w.transaction_limit, w.limit_hit, w.is_degraded, w.partition, w.last_offset, w.written_at
        """
    /// With the user's flags, which are facts apart from the figures and survive every refold.
    static let columns = "\(figures), \(flag("favorite")) AS is_favorited, \(flag("archive")) AS is_archived"
    /// For answers that show no flags.
    static let columnsWithoutFlags = "\(figures), false AS is_favorited, false AS is_archived"

    private static func flag(_ name: String) -> String {
        """
        EXISTS (SELECT FROM base.wallet_flags f
                WHERE f.chain = w.chain AND f.wallet = w.wallet AND f.name = '\(name)' AND f.is_on)
        """
    }

    static let columnCount = 28

    /// Reads a row whose columns begin at `first`.
    init(_ rows: ResultSet, row: Int, first: Int) throws {
        var reader = RowReader(rows, row: row, column: first)
        guard let chain = Chain(rawValue: Int16(truncatingIfNeeded: try reader.integer())),
            let address = Address(bytes: try reader.bytes())
        else { throw PostgresError(.unexpectedShape, "wallet_pnl holds an unknown chain or address") }
        wallet = WalletKey(chain: chain, address: address)
        total = try reader.money()
        realised = try reader.money()
        unrealised = try reader.money()
        invested = try reader.money()
        returned = try reader.money()
        trades = try reader.integer()
        wins = try reader.integer()
        losses = try reader.integer()
        winRateMillionths = try reader.integer()
        profitRatioMillionths = try reader.integer()
        averageHoldMicroseconds = try reader.integer()
        uniqueTokens = try reader.integer()
        activeDays = try reader.integer()
        oneSided = try reader.integer()
        transactions = try reader.integer()
        refused = try reader.integer()
        analysedAt = try reader.integer()
        timeframe = try reader.optional { try $0.text() }
        transactionLimit = try reader.optional { try $0.integer() }
        isLimitHit = try reader.bool()
        isDegraded = try reader.bool()
        partition = Int32(truncatingIfNeeded: try reader.integer())
        lastOffset = try reader.integer()
        writtenAt = try reader.integer()
        isFavorited = try reader.bool()
        isArchived = try reader.bool()
    }
}
