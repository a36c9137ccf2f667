import Accounting
import Events
import JSON
import ReadModels

/// A token as its trades name it.
struct TradedToken: Sendable, Hashable {
    var wallet: WalletKey
    var asset: Address
    var symbol: String
    var decimals: Int
}

/// A part of a sale and the lot it came from, with the token it was of.
struct TradePart: Sendable {
    var token: TradedToken
    /// When it was sold, microseconds since the epoch.
    var soldAt: Int64
    /// The selling transaction.
    var sale: [UInt8]
    /// Whether anybody said what was paid; without, the sale has no proceeds.
    var isPriced = true
    var match: LotMatch
}

/// The newest trades out of chunks of disposals: matched ones, and what was sold without a known basis. What left the
/// wallet as a fee or was sent is no trade (domain.md 12).
struct TradeList: Sendable {
    /// Matched trades that are listed at most, and as many sales without basis (domain.md 12).
    static let maximumCount = 1_000

    /// Pairs of a lot of known basis and a sale, newest first.
    private(set) var matched: [TradePart] = []
    /// Sales out of received or missing quantity, newest first.
    private(set) var unmatched: [TradePart] = []
    private(set) var matchedCount = 0
    private(set) var unmatchedCount = 0
    /// Whether all disposals were read, so that the counts are the totals.
    var isComplete = true
    /// How many matched trades there are, as the token's line says it; nil when nothing does.
    var storedMatchedTotal: Int64?

    /// Adds the disposals of a packed row that were made at `horizon` or later.
    mutating func add(_ chunk: [UInt8], of token: TradedToken, since horizon: Int64 = .min) throws {
        for disposal in try DisposalChunk.unpack(chunk[...], asset: token.asset).reversed()
        where disposal.kind == .swap && disposal.time >= horizon {
            for match in disposal.matches.reversed() {
                let part = TradePart(
                    token: token, soldAt: disposal.time, sale: disposal.transaction, isPriced: disposal.isPriced,
                    match: match)
                if match.basis != .known {
                    unmatched.append(part)
                } else if disposal.isPriced {
                    matched.append(part)
                }
            }
        }
    }

    /// Counts, sorts and cuts off, once everything was added.
    mutating func finish() {
        (matchedCount, unmatchedCount) = (matched.count, unmatched.count)
        matched = Self.newest(matched)
        unmatched = Self.newest(unmatched)
    }

    /// A stable order: newest first, and as they were added where times are equal.
    private static func newest(_ parts: [TradePart]) -> [TradePart] {
        let order = parts.indices.sorted { left, right in
            parts[left].soldAt == parts[right].soldAt ? left < right : parts[left].soldAt > parts[right].soldAt
        }
        return order.prefix(maximumCount).map { parts[$0] }
    }

    /// How many matched trades there are; nil when nobody knows.
    var matchedTotal: Int64? { isComplete ? Int64(matchedCount) : storedMatchedTotal }
    /// Whether more matched trades exist than are listed.
    var isMatchedTruncated: Bool { matchedTotal.map { $0 > matched.count } ?? true }
    /// Whether more sales without basis exist than are listed.
    var isUnmatchedTruncated: Bool { !isComplete || unmatchedCount > unmatched.count }

    /// The last members of a token's line, each behind a comma.
    func members() -> ArraySlice<UInt8> {
        var json = JSONWriter(reservingByteCount: 1024 + 900 * (matched.count + unmatched.count))
        json.beginObject()
        json.key("matched_trades")
        json.beginArray()
        for part in matched {
            json.beginObject()
            part.appendMatchedTrade(to: &json)
            json.endObject()
        }
        json.endArray()
        appendMatchedTotals(to: &json)
        json.key("receive_consumptions")
        json.beginArray()
        for part in unmatched { part.appendConsumption(to: &json) }
        json.endArray()
        json.key("receive_consumptions_truncated")
        json.bool(isUnmatchedTruncated)
        json.endObject()
        return ",".utf8 + json.bytes.dropFirst().dropLast()
    }

    /// How many matched trades there are, null when not all were read, and whether some are left out.
    func appendMatchedTotals(to json: inout JSONWriter) {
        json.key("matched_trades_total")
        if let matchedTotal { json.integer(matchedTotal) } else { json.null() }
        json.key("matched_trades_truncated")
        json.bool(isMatchedTruncated)
    }
}
