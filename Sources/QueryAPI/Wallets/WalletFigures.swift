import Events
import Postgres
import ReadModels

/// The summary columns of a `wallet_pnl` row: what lists show and what every answer about a wallet says around it.
struct WalletFigures: Sendable, Hashable {
    var wallet: WalletKey
    var total: Int128
    var realised: Int128
    var unrealised: Int128
    var invested: Int128
    var returned: Int128
    var trades: Int64
    var wins: Int64
    var losses: Int64
    var winRateMillionths: Int64
    var profitRatioMillionths: Int64
    var averageHoldMicroseconds: Int64
    var uniqueTokens: Int64
    var activeDays: Int64
    var oneSided: Int64
    var transactions: Int64
    var refused: Int64
    var analysedAt: Int64
    var timeframe: String?
    var transactionLimit: Int64?
    var isLimitHit: Bool
    var isDegraded: Bool
    var partition: Int32
    var lastOffset: Int64
    var writtenAt: Int64
    var isFavorited: Bool
    var isArchived: Bool

    /// Columns of a row `w`, in the order in which they are read. The flags are facts apart from the figures, which
    /// survive every refold.
    static let columns = """
        w.chain, w.wallet, w.total_pnl, w.realised_pnl, w.unrealised_pnl, w.invested, w.returned,
        w.trades, w.wins, w.losses, w.win_rate_millionths, w.profit_ratio_millionths, w.average_hold,
        w.unique_tokens, w.active_days, w.one_sided, w.transactions, w.refused, w.analysed_at,
        w.timeframe, w.transaction_limit, w.limit_hit, w.is_degraded, w.partition, w.last_offset, w.written_at,
        EXISTS (SELECT FROM base.wallet_flags f WHERE f.chain = w.chain AND f.wallet = w.wallet
                AND f.name = 'favorite' AND f.is_on) AS is_favorited,
        EXISTS (SELECT FROM base.wallet_flags f WHERE f.chain = w.chain AND f.wallet = w.wallet
                AND f.name = 'archive' AND f.is_on) AS is_archived
        """
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

    /// The position of the wallet's last folded event, which is its version: `<partition>:<offset>`.
    var position: String { "\(partition):\(lastOffset)" }

    /// Generation, version and what can change without a new version.
    func entityTag(in generation: Generation) -> String {
        "g\(generation.number)-\(partition)-\(lastOffset)\(isDegraded ? "-degraded" : "")"
    }

    /// What stands around an answer about this wallet.
    func envelope(in generation: Generation) -> Envelope {
        Envelope(generation: generation, timestamp: writtenAt, position: position)
    }

    /// `analysed_at` is 0 as long as nothing is covered.
    var coveredTo: Int64? { analysedAt == 0 ? nil : analysedAt }
}
