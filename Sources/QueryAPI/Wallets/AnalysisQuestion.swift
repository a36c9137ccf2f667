import Accounting
import Events
import JSON
import Postgres
import ReadModels

extension WalletRequest {
    /// `/api/v2/wallets/{wallet}/analysis`: `WalletAnalysisV2` of domain.md 1.6.
    func analysis(includesMetrics: Bool) -> Question {
        // The sums over all tokens must not hold up what is read by an index.
        let (statement, lane): (WalletStatement, Question.Lane) =
            includesMetrics ? (TokenMetrics.statement, .slow) : (.portfolio, .fast)
        return question("analysis", lane: lane, statement) { found in
            let body = try found.body()
            let completeness = try found.figures.completeness(of: body)
            let metrics = includesMetrics ? try found.metrics(of: body) : nil
            let bytes = found.figures.envelope(in: found.generation).render(
                reservingByteCount: body.bytes.count + 4096, completeness: { $0.raw(completeness) }
            ) { json in
                json.beginObject()
                json.key("wallet_address")
                json.string(found.figures.wallet.address.text(on: found.figures.wallet.chain))
                json.key("chain")
                json.string(found.figures.wallet.chain.name)
                json.key("portfolio_result")
                json.raw(found.portfolioResult(body.open))
                json.key("copy_trading_metrics")
                if let metrics { found.figures.append(metrics, to: &json) } else { json.null() }
                json.key("metadata")
                found.appendMetadata(of: body, to: &json)
                json.endObject()
            }
            let tag = "\(found.figures.entityTag(in: found.generation))\(includesMetrics ? "" : "-plain")"
            return Answer(body: bytes, entityTag: tag, isStorable: true)
        }
    }
}

extension FoundWallet {
    /// Names and decimal texts of the metrics. A rule set that folds copy-trading figures has put them into the body;
    /// the formulas of the statement are those of `r1`, which does not.
    fileprivate func metrics(of body: StoredObject) throws -> [(name: String, value: String?)] {
        var reader = RowReader(rows, row: 0, column: WalletStatement.addedColumn + 1)
        let calculated = try TokenMetrics.names.map { (name: $0, value: try reader.optional { try $0.text() }) }
        guard generation.identity.ruleSet.name != "r1" else { return calculated }
        guard let folded = body.lastObject(named: "copy_trading").flatMap({ StoredObject(Array($0)) }) else {
            throw PostgresError(.unexpectedShape, "wallet_pnl.body has no copy-trading figures")
        }
        return calculated.map { metric in
            guard let name = TokenMetrics.foldedNames[metric.name] else { return metric }
            return (metric.name, folded.lastDecimal(named: name))
        }
    }

    fileprivate func appendMetadata(of body: StoredObject, to json: inout JSONWriter) {
        json.beginObject()
        json.key("analyzed_at")
        json.time(figures.coveredTo)
        json.key("data_source")
        json.string("event log")
        json.key("tokens_processed")
        json.digits(body.lastInteger(named: "tokens_analyzed"))
        json.key("events_processed")
        json.digits(body.lastInteger(named: "events_processed"))
        json.key("analysis_duration_ms")
        json.null()
        json.key("algorithm_version")
        json.string(generation.identity.ruleSet.description)
        json.key("quality_score")
        json.integer(Category.qualityScore(figures))
        json.endObject()
    }
}

extension WalletFigures {
    /// Metrics as decimal strings, and what follows from the wallet's own figures.
    fileprivate func append(_ metrics: [(name: String, value: String?)], to json: inout JSONWriter) {
        json.beginObject()
        json.key("trading_style")
        appendTradingStyle(to: &json)
        json.key("diversification_score")
        json.integer(Category.diversificationScore(tokens: uniqueTokens))
        json.key("breakeven_trades_pct")
        json.ratioText(Int128(trades - wins - losses), by: Int128(trades), shift: 2)
        for (name, value) in metrics {
            json.key(name)
            json.optional(value)
        }
        json.endObject()
    }

    /// An externally tagged enumeration; null without a closed trade.
    func appendTradingStyle(to json: inout JSONWriter) {
        guard trades > 0 else { return json.null() }
        let held = Int128(averageHoldMicroseconds)
        json.beginObject()
        if averageHoldMicroseconds < 3_600_000_000 {
            appendStyle("Scalper", "avg_hold_minutes", held, of: 60_000_000, to: &json)
        } else if averageHoldMicroseconds < UTCDay.microseconds {
            appendStyle("SwingTrader", "avg_hold_hours", held, of: 3_600_000_000, to: &json)
        } else {
            appendStyle("LongTerm", "avg_hold_days", held, of: Int128(UTCDay.microseconds), to: &json)
        }
        json.endObject()
    }

    private func appendStyle(
        _ style: StaticString, _ unit: StaticString, _ microseconds: Int128, of divisor: Int128,
        to json: inout JSONWriter
    ) {
        json.key(style)
        json.beginObject()
        json.key(unit)
        json.ratioText(microseconds, by: divisor)
        json.endObject()
    }
}

extension JSONWriter {
    /// Digits as they were stored, or null.
    fileprivate mutating func digits(_ digits: ArraySlice<UInt8>?) {
        if let digits { number(digits: digits) } else { null() }
    }
}
