import JSON
import ReadModels

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}`: the portfolio with its parts and copy-trading metrics; a window where one is asked.
    func portfolio(_ reader: PastReader, window: WindowSelection?) -> Question {
        if isStored, window == nil { return storedPortfolio() }
        return past(reader, "v3 portfolio\(window.map { " \($0.tag)" } ?? "")") { past in
            let body = try past.body.withoutTokenLines()
            let figures = try window.map { try past.numbers.figures(in: $0, by: past.rules()) }
            return try past.answer(
                self, tag: window.map { "-\($0.tag)" } ?? "", reservingByteCount: body.count + 4096
            ) { json in
                json.key("portfolio")
                json.raw(body)
                if let figures { figures.append(to: &json) } else { json.noWindow() }
            }
        }
    }

    private func storedPortfolio() -> Question {
        stored("v3 portfolio", WalletStatement.portfolio, adding: []) { found in
            let stored = try found.body()
            let body = try stored.withoutTokenLines()
            return try found.answer(self, stored, reservingByteCount: body.count + 4096) { json in
                json.key("portfolio")
                json.raw(body)
                json.noWindow()
            }
        }
    }
}

extension FoundWallet {
    /// Renders an answer out of the tables: envelope, the common members, and what `body` adds to them.
    func answer(
        _ inquiry: WalletInquiry, _ stored: StoredObject, reservingByteCount count: Int = 4096,
        _ body: (inout JSONWriter) throws -> Void
    ) throws -> Answer {
        let completeness = try stored.completeness(isDegraded: figures.isDegraded, state: "folded")
        let bytes = try figures.envelope(in: generation).render(
            reservingByteCount: count, completeness: { $0.raw(completeness) }
        ) { json in
            inquiry.begin(figures.wallet, to: &json)
            try body(&json)
            json.endObject()
        }
        return Answer(body: bytes, entityTag: figures.entityTag(in: generation), isStorable: true)
    }
}

extension JSONWriter {
    fileprivate mutating func noWindow() {
        key("window")
        null()
    }
}
