public import Accounting
public import Events
public import Postgres

/// A row of `wallet_pnl`.
public struct WalletRow: Sendable {
    /// The wallet.
    public var wallet: WalletKey
    /// What it came to.
    public var portfolio: PortfolioFigures
    /// How far that is complete.
    public var completeness: Completeness
    /// Parked: these are the numbers of before the poison (I6).
    public var isDegraded: Bool
    /// Its partition of `wallet-transactions`.
    public var partition: Int32
    /// The rendered body.
    public var body: [UInt8]
    /// Offset of the newest folded event.
    public var lastOffset: Int64
    /// Wall clock, microseconds since the epoch.
    public var writtenAt: Int64

    /// A row to write.
    public init(
        wallet: WalletKey, portfolio: PortfolioFigures, completeness: Completeness, isDegraded: Bool, partition: Int32,
        body: [UInt8], lastOffset: Int64, writtenAt: Int64
    ) {
        self.wallet = wallet
        self.portfolio = portfolio
        self.completeness = completeness
        self.isDegraded = isDegraded
        self.partition = partition
        self.body = body
        self.lastOffset = lastOffset
        self.writtenAt = writtenAt
    }

    /// Appends the row in the order of `GenerationTable.walletPnl.columns`.
    public func append(to writer: inout CopyWriter) throws(PostgresError) {
        writer.append(wallet.chain.rawValue)
        writer.append(bytes: wallet.address.bytes)
        for money in [
            portfolio.total, portfolio.realised, portfolio.unrealised, portfolio.invested, portfolio.returned,
        ] {
            try writer.append(money)
        }
        for number in [
            portfolio.trades, portfolio.wins, portfolio.losses, portfolio.winRateMillionths,
            portfolio.profitRatioMillionths, portfolio.averageHoldMicroseconds, portfolio.uniqueTokens,
            portfolio.activeDays, completeness.oneSided, completeness.transactions, completeness.refused,
            completeness.coveredTo ?? 0,
        ] {
            writer.append(number)
        }
        writer.append(optional: completeness.coveredFrom)
        writer.append(optional: completeness.coveredTo)
        writer.append(completeness.reachedBeginning)
        writer.append(optional: completeness.stopReason.map { Int16($0.rawValue) })
        writer.append(optional: completeness.timeframe)
        writer.append(optional: completeness.limit.map { Int64(clamping: $0) })
        writer.append(completeness.stopReason == .limit)
        writer.append(isDegraded)
        writer.append(partition)
        writer.append(bytes: body)
        writer.append(lastOffset)
        writer.append(writtenAt)
        try writer.endRow()
    }
}

extension CopyWriter {
    mutating func append(_ money: Money) throws(PostgresError) {
        try append(units: money.units, scale: Money.scale)
    }

    mutating func append(optional number: Int64?) {
        if let number { append(number) } else { appendNull() }
    }

    mutating func append(optional number: Int32?) {
        if let number { append(number) } else { appendNull() }
    }

    mutating func append(optional number: Int16?) {
        if let number { append(number) } else { appendNull() }
    }

    mutating func append(optional text: String?) {
        if let text { append(text) } else { appendNull() }
    }
}
