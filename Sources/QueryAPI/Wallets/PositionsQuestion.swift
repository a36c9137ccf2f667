import Events
import JSON
import Postgres
import ReadModels
import Runtime

extension WalletRequest {
    /// `/api/v2/wallets/{wallet}/positions`.
    func positions(clock: WallClock) -> Question {
        question("positions", lane: .slow, WalletStatement.positions) { found in
            // Days held change without a new version, so the day is part of the entity tag.
            let today = clock.nowMicroseconds() / UTCDay.microseconds
            let list = try found.positions()
            let completeness = try found.figures.completeness(of: found.body())
            let bytes = found.figures.envelope(in: found.generation).render(
                reservingByteCount: 2048 + 700 * list.positions.count,
                completeness: { $0.raw(completeness) }
            ) { list.append(of: found.figures, today: today, to: &$0) }
            let tag = "\(found.figures.entityTag(in: found.generation))-\(today)"
            return Answer(body: bytes, entityTag: tag, isStorable: true)
        }
    }
}

extension FoundWallet {
    fileprivate func positions() throws -> PositionList {
        let column = WalletStatement.addedColumn + 1
        guard !rows.isNull(row: 0, column: column) else { return PositionList(positions: [], total: 0) }
        let total = try rows.int64(row: 0, column: column + 12)
        let positions = try (0..<rows.rowCount).map { row in
            var reader = RowReader(rows, row: row, column: column)
            return try HeldPosition(&reader, wallet: figures.wallet)
        }
        return PositionList(positions: positions, total: total)
    }
}

/// What a wallet holds, the most valuable first.
struct PositionList: Sendable {
    let positions: [HeldPosition]
    /// How many there are, listed or not.
    let total: Int64

    func append(of figures: WalletFigures, today: Int64, to json: inout JSONWriter) {
        json.beginObject()
        json.key("wallet_address")
        json.string(figures.wallet.address.text(on: figures.wallet.chain))
        json.key("chain")
        json.string(figures.wallet.chain.name)
        json.key("positions")
        json.beginArray()
        for position in positions { position.append(today: today, to: &json) }
        json.endArray()
        json.key("positions_total")
        json.integer(total)
        json.key("positions_truncated")
        json.bool(Int64(positions.count) < total)
        json.key("allocation")
        appendAllocation(to: &json)
        json.key("management_metrics")
        appendManagement(of: figures, to: &json)
        json.endObject()
    }

    /// Over the positions that have a price; null without one.
    private func appendAllocation(to json: inout JSONWriter) {
        let shares = positions.compactMap(\.sharePercentMillionths)
        json.beginObject()
        json.key("position_count")
        json.integer(total)
        json.key("priced_position_count")
        json.integer(shares.count)
        json.key("largest_position_pct")
        appendPercent(shares.first, to: &json)
        json.key("smallest_position_pct")
        appendPercent(shares.last, to: &json)
        json.key("avg_position_pct")
        appendPercent(shares.isEmpty ? nil : 100_000_000 / Int64(shares.count), to: &json)
        json.key("concentration_score")
        if let largest = shares.first {
            json.integer(Category.concentrationScore(largestPercentMillionths: largest))
        } else {
            json.null()
        }
        json.endObject()
    }

    private func appendManagement(of figures: WalletFigures, to json: inout JSONWriter) {
        json.beginObject()
        json.key("avg_hold_time_days")
        json.ratioText(Int128(figures.averageHoldMicroseconds), by: Int128(UTCDay.microseconds))
        json.key("sizing_consistency_score")
        json.null()
        json.key("diversification_score")
        json.integer(Category.diversificationScore(tokens: total))
        json.key("risk_management_score")
        json.null()
        json.endObject()
    }

    private func appendPercent(_ millionths: Int64?, to json: inout JSONWriter) {
        if let millionths { json.decimal(Int128(millionths), scale: 6) } else { json.null() }
    }
}
