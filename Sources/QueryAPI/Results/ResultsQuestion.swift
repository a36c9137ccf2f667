import JSON
import Postgres
import ReadModels
import Runtime

extension Question {
    /// The question behind `/api/results`.
    static func results(_ query: ResultsQuery, clock: WallClock) -> Question {
        let (statement, values) = ResultsStatement.make(query)
        var question = Question(purpose: "/api/results", statement: statement, values: values) { rows, generation in
            let overview = try ResultsOverview(rows)
            let wallets = try WalletFigures.list(rows)
            let position = ProjectedOffsets(
                column: rows.isNull(row: 0, column: 1) ? nil : try rows.text(row: 0, column: 1)
            ).token
            let envelope = Envelope(
                generation: generation, timestamp: clock.nowMicroseconds(), position: position)
            let body = envelope.render(
                reservingByteCount: 2048 + 640 * wallets.count, completeness: overview.appendCompleteness
            ) { json in
                json.beginObject()
                json.key("results")
                json.beginArray()
                for wallet in wallets { wallet.appendResultRow(to: &json) }
                json.endArray()
                overview.appendPagination(of: query, to: &json)
                overview.appendSummary(to: &json)
                json.endObject()
            }
            return Answer(body: body)
        }
        if !ResultsStatement.isHead(query) { question.lane = .slow }
        return question
    }
}

extension WalletFigures {
    /// The wallets of a result of `ResultsStatement`: in each row, behind its ordinal.
    static func list(_ rows: ResultSet) throws -> [WalletFigures] {
        let first = ResultsStatement.overviewColumnCount
        return try (0..<rows.rowCount).filter { !rows.isNull(row: $0, column: first) }
            .map { try WalletFigures(rows, row: $0, first: first + 1) }
    }
}
