import Events
import JSON
import Postgres

extension WalletRequest {
    /// `/api/results/{wallet}/portfolio`: the whole body as it was rendered.
    func portfolio() -> Question {
        question("portfolio", WalletStatement.portfolio) { found in
            let body = try found.body()
            return try found.result(body: body, portfolio: body.bytes[...])
        }
    }

    /// `/api/results/{wallet}/{token}`: the body with that token only, and with its trades.
    func token(_ asset: Address) -> Question {
        question("token", WalletStatement.token, adding: [.bytes(asset.bytes)]) { found in
            let body = try found.body()
            let token = try found.token(asset)
            guard let (head, tail) = body.around(list: "token_results", followedBy: "token_results_total") else {
                throw PostgresError(.unexpectedShape, "wallet_pnl.body has no list of tokens")
            }
            return try found.result(body: body, portfolio: head + token + tail)
        }
    }
}

extension FoundWallet {
    /// The answer of both routes around a `PortfolioPnLResult` (domain.md 10).
    fileprivate func result(body: StoredObject, portfolio: ArraySlice<UInt8>) throws -> Answer {
        var completeness = JSONWriter()
        try figures.appendCompleteness(of: body, to: &completeness)
        let bytes = figures.envelope(in: generation).render(
            reservingByteCount: portfolio.count + 1024, completeness: { $0.raw(completeness.bytes) }
        ) { json in
            json.beginObject()
            json.key("wallet_address")
            json.string(figures.wallet.address.text(on: figures.wallet.chain))
            json.key("chain")
            json.string(figures.wallet.chain.name)
            json.key("portfolio_result")
            json.raw(portfolio)
            json.key("analyzed_at")
            json.time(figures.coveredTo)
            json.endObject()
        }
        return Answer(body: bytes, entityTag: figures.entityTag(in: generation), isStorable: true)
    }

    /// The token's stored line with its trades added; throws when the wallet never had it.
    fileprivate func token(_ address: Address) throws -> ArraySlice<UInt8> {
        var reader = reader(row: 0)
        _ = try reader.optional { try $0.bytes() }
        guard let line = try reader.optional({ try $0.bytes() }) else {
            throw APIError(.unknownToken, "the wallet has no events of this token")
        }
        let symbol = try reader.text()
        let decimals = Int(try reader.integer())
        guard !(try reader.bool()) else {
            throw APIError(
                .excludedToken, "\(symbol) is left out of the results by the rule set, as an exchange currency")
        }
        guard let stored = StoredObject(line) else {
            throw PostgresError(.unexpectedShape, "token_pnl.body is no JSON object")
        }
        let token = TradedToken(wallet: figures.wallet, asset: address, symbol: symbol, decimals: decimals)
        let column = reader.column
        let chunks = try (0..<rows.rowCount).filter { !rows.isNull(row: $0, column: column) }
            .map { try rows.bytes(row: $0, column: column) }
        var trades = TradeList()
        for chunk in chunks { try trades.add(chunk, of: token) }
        trades.isComplete = chunks.count < WalletStatement.maximumTokenChunkCount
        trades.finish()
        return stored.open + trades.members() + "}".utf8
    }
}
