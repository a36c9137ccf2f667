import Events
import Postgres
import ReadModels

/// Profit and loss as the live generation serves it, units of 10^-18 USD.
struct ProfitAndLoss: Sendable, Hashable {
    /// Realised, gross of fees.
    var realised: Int128
    /// At the latest price; nil when nobody stated one.
    var unrealised: Int128?
    /// Realised plus known unrealised.
    var total: Int128
}

/// What a wallet and one of its tokens came to; nil where nothing is served.
struct CorrectionFigures: Sendable, Hashable {
    /// The token.
    var token: ProfitAndLoss?
    /// The wallet.
    var wallet: ProfitAndLoss?
}

/// Reads figures and positions of the live generation.
struct LiveFigures {
    let connection: PostgresConnection

    private static let scale = 18

    /// Figures of a wallet, and of a token if one is named. Throws `refused` without a live generation.
    func figures(of wallet: WalletKey, token: AssetName?) throws -> CorrectionFigures {
        let schema = try live().schema
        let owner: [PostgresValue] = [.int16(wallet.chain.rawValue), .bytes(wallet.address.bytes)]
        var figures = CorrectionFigures()
        figures.wallet = try read(
            """
            SELECT realised_pnl, unrealised_pnl, total_pnl FROM \(schema).wallet_pnl WHERE chain = $1 AND wallet = $2
            """, owner)
        if let token {
            figures.token = try read(
                """
                SELECT realised_pnl, unrealised_pnl, realised_pnl + coalesce(unrealised_pnl, 0)
                FROM \(schema).token_pnl WHERE chain = $1 AND wallet = $2 AND asset = $3
                """, owner + [.bytes(token.address?.bytes ?? [])])
        }
        return figures
    }

    /// Whether the live generation contains what lies at the positions.
    func contains(_ positions: some Sequence<LogPosition>) throws -> Bool {
        let next = try ProjectionProgress(schema: live().schema).read(connection)
            .reduce(into: [Int32: Int64]()) { next, place in
                if place.topic == .walletTransactions { next[place.partition] = place.nextOffset }
            }
        return positions.allSatisfy { $0.offset < next[$0.partition, default: 0] }
    }

    private func live() throws -> Generation {
        guard let generation = try LiveGeneration.read(connection) else {
            throw IngestError(.refused, "the database has no generation: run `projector migrate`")
        }
        return generation
    }

    private func read(_ statement: String, _ values: [PostgresValue]) throws -> ProfitAndLoss? {
        let rows = try connection.query(statement, values)
        guard rows.rowCount == 1 else { return nil }
        return ProfitAndLoss(
            realised: try rows.numeric(row: 0, column: 0, scale: Self.scale),
            unrealised: rows.isNull(row: 0, column: 1)
                ? nil : try rows.numeric(row: 0, column: 1, scale: Self.scale),
            total: try rows.numeric(row: 0, column: 2, scale: Self.scale))
    }
}
