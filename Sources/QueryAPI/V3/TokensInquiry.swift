import Accounting
import Events
import JSON
import Postgres
import ReadModels

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/tokens`: every asset by address, quote assets and spam included and marked.
    func tokens(_ reader: PastReader) throws(APIError) -> Question {
        let after = try page.cursor.map { (cursor) throws(APIError) in
            try request.wallet.asset(text: cursor.place)
        }
        guard isStored else {
            return past(reader, "v3 tokens") { past in
                let following = past.numbers.tokens.filter { token in after.map { token.asset > $0 } ?? true }
                let listed = following.prefix(page.limit)
                let next = listed.count < following.count ? listed.last?.asset.pathText(on: past.chain) : nil
                let matchedTrades = TokenBody.matchedTrades(of: past.numbers)
                return try past.answer(self, reservingByteCount: 2048 + 2048 * listed.count) { json in
                    json.list("tokens", next: past.cursor(next)) { json in
                        for token in listed {
                            TokenBody.append(
                                token, chain: past.chain, matchedTrades: matchedTrades[token.asset] ?? 0, to: &json)
                        }
                    }
                }
            }
        }
        let values: [PostgresValue] = [after.map { .bytes($0.bytes) } ?? .null, .int32(Int32(page.limit + 1))]
        return stored("v3 tokens", InquiryStatement.tokens, adding: values) { found in
            let column = WalletStatement.addedColumn + 1
            let count = found.rows.isNull(row: 0, column: column) ? 0 : found.rows.rowCount
            let listed = min(count, page.limit)
            let last = count > listed ? try found.rows.bytes(row: listed - 1, column: column) : nil
            let next = last.flatMap { Address(bytes: $0)?.pathText(on: found.figures.wallet.chain) }
            return try found.answer(self, found.body(), reservingByteCount: 2048 + 2048 * listed) { json in
                try json.list("tokens", next: found.cursor(next)) { json in
                    for row in 0..<listed { json.raw(try found.rows.bytes(row: row, column: column + 1)) }
                }
            }
        }
    }

    /// `/api/v3/wallets/{wallet}/tokens/{token}`.
    func token(_ asset: Address, _ reader: PastReader) -> Question {
        guard isStored else {
            return past(reader, "v3 token") { past in
                let token = try past.token(asset)
                return try past.answer(self) { json in
                    json.key("token")
                    TokenBody.append(
                        token, chain: past.chain,
                        matchedTrades: TokenBody.matchedTrades(of: past.numbers)[asset] ?? 0, to: &json)
                }
            }
        }
        return stored("v3 token", InquiryStatement.token, adding: [.bytes(asset.bytes)]) { found in
            let column = WalletStatement.addedColumn + 1
            guard !found.rows.isNull(row: 0, column: column) else {
                throw APIError(.unknownToken, "the wallet has no events of this token")
            }
            return try found.answer(self, found.body()) { json in
                json.key("token")
                json.raw(try found.rows.bytes(row: 0, column: column))
            }
        }
    }
}

extension PastWallet {
    /// The cursor of a place in a list of this state; nil where nothing follows.
    func cursor(_ place: String?) -> PageCursor? {
        place.map {
            PageCursor(generation: generation.number, partition: figures.partition, offset: offset, place: $0)
        }
    }

    /// The cursor behind a page of a list of that length.
    func cursor(behind range: Range<Int>, of count: Int) -> PageCursor? {
        cursor(range.upperBound < count ? String(range.upperBound) : nil)
    }
}

extension FoundWallet {
    /// The cursor of a place in a list of this version; nil where nothing follows.
    func cursor(_ place: String?) -> PageCursor? {
        place.map {
            PageCursor(
                generation: generation.number, partition: figures.partition, offset: figures.lastOffset, place: $0)
        }
    }
}

extension JSONWriter {
    /// A page of a list and the cursor of the next one, as two members.
    mutating func list(
        _ name: StaticString, next: PageCursor?, _ rows: (inout JSONWriter) throws -> Void
    ) rethrows {
        key(name)
        beginArray()
        try rows(&self)
        endArray()
        key("next_cursor")
        optional(next?.text)
    }
}
