public import Accounting
public import Events
public import Postgres

/// A row of `token_pnl`.
public struct TokenRow: Sendable {
    /// The wallet.
    public var wallet: WalletKey
    /// What the asset came to.
    public var figures: TokenFigures
    /// The rendered line.
    public var body: [UInt8]

    /// A row to write.
    public init(wallet: WalletKey, figures: TokenFigures, body: [UInt8]) {
        self.wallet = wallet
        self.figures = figures
        self.body = body
    }

    /// Appends the row in the order of `GenerationTable.tokenPnl.columns`.
    public func append(to writer: inout CopyWriter) throws(PostgresError) {
        writer.append(wallet.chain.rawValue)
        writer.append(bytes: wallet.address.bytes)
        writer.append(bytes: figures.asset.bytes)
        writer.append(figures.symbol)
        writer.append(Int16(figures.decimals))
        writer.append(figures.isExcluded)
        writer.append(figures.detail.isQuote)
        writer.append(figures.detail.isSpam)
        writer.append(figures.isUnrepresentable)
        writer.append(figures.eventCount)
        try writer.append(figures.realised)
        if let unrealised = figures.unrealised { try writer.append(unrealised) } else { writer.appendNull() }
        if let price = figures.latestPrice {
            try writer.append(units: price.coefficient, scale: 0)
        } else {
            writer.appendNull()
        }
        writer.append(optional: figures.latestPrice?.exponent)
        writer.append(optional: figures.latestPriceTime)
        writer.append(optional: figures.latestPriceSource)
        try writer.append(figures.invested)
        try writer.append(figures.returned)
        try writer.append(figures.detail.fees)
        writer.append(optional: figures.detail.returnMillionths)
        for number in [
            figures.trades, figures.wins, figures.losses, figures.hold.totalSeconds, figures.hold.minimumSeconds,
            figures.hold.maximumSeconds,
        ] {
            writer.append(number)
        }
        try appendQuantities(to: &writer)
        writer.append(figures.receiptConsumptions)
        writer.append(figures.oneSided)
        writer.append(figures.unpricedLegs)
        writer.append(bytes: body)
        try writer.endRow()
    }

    private func appendQuantities(to writer: inout CopyWriter) throws(PostgresError) {
        try writer.append(units: figures.heldKnown, scale: 0)
        try writer.append(figures.heldCost)
        for quantity in [figures.heldUnknown, figures.received, figures.receivedSold, figures.missing] {
            try writer.append(units: quantity, scale: 0)
        }
        try writer.append(figures.proceedsWithoutBasis)
    }
}
