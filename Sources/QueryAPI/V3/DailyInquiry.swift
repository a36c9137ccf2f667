import Accounting
import Events
import JSON
import Postgres
import ReadModels

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/daily`: UTC days with something to say, oldest first.
    func daily(_ reader: PastReader) throws(APIError) -> Question {
        let first = try firstDay()
        guard isStored else {
            return past(reader, "v3 daily") { past in
                let following = past.numbers.daily.drop { $0.day < first }
                let listed = following.prefix(page.limit)
                return try past.answer(self, reservingByteCount: 2048 + 300 * listed.count) { json in
                    json.list("days", next: past.cursor(following.dropFirst(page.limit).first.map { "\($0.day)" })) {
                        for day in listed { day.append(to: &$0) }
                    }
                }
            }
        }
        let values: [PostgresValue] = [.int32(first), .int32(Int32(page.limit + 1))]
        return stored("v3 daily", InquiryStatement.daily, adding: values) { found in
            let days = try found.days()
            let next = days.dropFirst(page.limit).first.map { "\($0.day)" }
            return try found.answer(self, found.body(), reservingByteCount: 2048 + 300 * days.count) { json in
                json.list("days", next: found.cursor(next)) { json in
                    for day in days.prefix(page.limit) { day.append(to: &json) }
                }
            }
        }
    }

    private func firstDay() throws(APIError) -> Int32 {
        guard let cursor = page.cursor else { return .min }
        guard let day = Int32(cursor.place) else { throw PageCursor.refusal(of: cursor.text) }
        return day
    }
}

extension FoundWallet {
    fileprivate func days() throws -> [DailyFigures] {
        guard !rows.isNull(row: 0, column: WalletStatement.addedColumn + 1) else { return [] }
        return try (0..<rows.rowCount).map { row in
            var reader = RowReader(rows, row: row, column: WalletStatement.addedColumn + 1)
            var day = DailyFigures(day: Int32(truncatingIfNeeded: try reader.integer()))
            day.realised = Money(units: try reader.money())
            day.trades = try reader.integer()
            day.wins = try reader.integer()
            day.volume = Money(units: try reader.money())
            day.quoteRealised = Money(units: try reader.money())
            day.fees = Money(units: try reader.money())
            day.swaps = try reader.integer()
            return day
        }
    }
}

extension DailyFigures {
    /// One JSON object.
    func append(to json: inout JSONWriter) {
        json.beginObject()
        json.key("day")
        json.string(String(Timestamp.format(microseconds: Int64(day) * UTCDay.microseconds).prefix(10)))
        let amounts: [(StaticString, Money)] = [
            ("realized_usd", realised), ("quote_realized_usd", quoteRealised), ("fees_usd", fees),
            ("volume_usd", volume),
        ]
        for (name, amount) in amounts {
            json.key(name)
            json.money(amount)
        }
        for (name, count) in [("trades", trades), ("wins", wins), ("swaps", swaps)] {
            json.key(name)
            json.integer(count)
        }
        json.endObject()
    }
}
