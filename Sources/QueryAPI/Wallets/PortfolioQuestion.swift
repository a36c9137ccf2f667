import Events
import JSON
import Postgres
import ReadModels

extension WalletRequest {
    /// `/api/results/{wallet}/portfolio`: the whole body as it was rendered.
    func portfolio() -> Question {
        question("portfolio", WalletStatement.portfolio) { found in
            let body = try found.body()
            return try found.result(body: body, portfolio: body.open)
        }
    }

    /// `/api/results/{wallet}/{token}`: the body with that token only, and with its trades.
    func token(_ asset: Address) -> Question {
        question("token", lane: .slow, WalletStatement.token, adding: [.bytes(asset.bytes)]) { found in
            let body = try found.body()
            let token = try found.token(asset)
            guard let (head, tail) = body.around(list: "token_results", followedBy: "token_results_total") else {
                throw PostgresError(.unexpectedShape, "wallet_pnl.body has no list of tokens")
            }
            return try found.result(body: body, portfolio: head + token + tail.dropLast())
        }
    }
}

extension FoundWallet {
    /// A `PortfolioPnLResult` (domain.md 10) out of a body without its closing brace: the body, and of when it is.
    func portfolioResult(_ open: ArraySlice<UInt8>) -> [UInt8] {
        var json = JSONWriter()
        json.time(figures.coveredTo)
        return open + ",\"analysis_timestamp\":".utf8 + json.bytes + "}".utf8
    }

    /// The answer of both routes around a body without its closing brace.
    fileprivate func result(body: StoredObject, portfolio: ArraySlice<UInt8>) throws -> Answer {
        let completeness = try figures.completeness(of: body)
        let bytes = figures.envelope(in: generation).render(
            reservingByteCount: portfolio.count + 1024, completeness: { $0.raw(completeness) }
        ) { json in
            json.beginObject()
            json.key("wallet_address")
            json.string(figures.wallet.address.text(on: figures.wallet.chain))
            json.key("chain")
            json.string(figures.wallet.chain.name)
            json.key("portfolio_result")
            json.raw(portfolioResult(portfolio))
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
        let isExcluded = try reader.bool()
        let (isQuote, isSpam) = (try reader.bool(), try reader.bool())
        guard !isExcluded else {
            throw APIError(.excludedToken, Self.exclusion(of: symbol, isQuote: isQuote, isSpam: isSpam))
        }
        guard let stored = StoredObject(line) else {
            throw PostgresError(.unexpectedShape, "token_pnl.body is no JSON object")
        }
        let token = TradedToken(wallet: figures.wallet, asset: address, symbol: symbol, decimals: decimals)
        let column = reader.column
        var trades = TradeList()
        for row in 0..<rows.rowCount where !rows.isNull(row: row, column: column) {
            // Chunks are counted from the asset's first disposal and read from its last.
            trades.isComplete = try rows.int64(row: row, column: column) == 0
            try trades.add(rows.bytes(row: row, column: column + 1), of: token)
        }
        trades.storedMatchedTotal = stored.lastInteger(named: "matched_trades_total")
            .flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
        trades.finish()
        return stored.open(beforeEmptyList: "matched_trades") + trades.members() + "}".utf8
    }

    private static func exclusion(of symbol: String, isQuote: Bool, isSpam: Bool) -> String {
        let reason =
            isSpam ? "it was seen in spam only" : isQuote ? "others are paid with it" : "as an exchange currency"
        return "\(symbol) is left out of the results by the rule set: \(reason)"
    }
}
