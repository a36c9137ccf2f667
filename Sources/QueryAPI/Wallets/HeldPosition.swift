import Accounting
import Events
import JSON
import ReadModels

/// How many bytes of packed lots are read to know the oldest.
enum LotPrefix {
    static let byteCount = LotChunk.oldestLotPrefixByteCount
}

/// What is held of one token, and what it is worth.
struct HeldPosition: Sendable, Hashable {
    var token: TradedToken
    /// Base units of known basis.
    var known: Int128
    /// Their cost, 10^-18 USD.
    var cost: Int128
    /// Base units of unknown basis; negative where `r1` says so.
    var unknown: Int128
    /// 10^-18 USD; nil without a price.
    var unrealised: Int128?
    /// USD as decimal text; nil without a price.
    var value: String?
    /// Percent of the value of all positions that have one, as decimal text.
    var share: String?
    /// The same in millionths of a percent.
    var sharePercentMillionths: Int64?
    /// When the price held, microseconds since the epoch.
    var priceTime: Int64?
    /// Who stated it.
    var priceSource: String?
    /// When the oldest open lot was acquired, microseconds since the epoch.
    var oldestAcquisition: Int64?

    /// `RemainingPosition` (domain.md 10), and what the position is worth.
    func append(today: Int64, to json: inout JSONWriter) {
        json.beginObject()
        json.key("token_address")
        json.string(token.asset.text(on: token.wallet.chain))
        json.key("token_symbol")
        json.string(token.symbol)
        json.key("bought_quantity")
        json.decimal(known, scale: token.decimals)
        json.key("received_quantity")
        json.decimal(unknown, scale: token.decimals)
        json.key("avg_cost_basis_usd")
        json.ratioText(cost, by: known, shift: token.decimals - Money.scale)
        json.key("total_cost_basis_usd")
        json.decimal(cost, scale: Money.scale)
        json.key("current_value_usd")
        json.optional(value)
        json.key("unrealized_pnl_usd")
        if let unrealised { json.decimal(unrealised, scale: Money.scale) } else { json.null() }
        json.key("unrealized_pnl_percentage")
        if let unrealised { json.ratioText(unrealised, by: cost, shift: 2) } else { json.null() }
        appendStanding(today: today, to: &json)
        json.endObject()
    }

    private func appendStanding(today: Int64, to json: inout JSONWriter) {
        json.key("days_held")
        if let days = daysHeld(today: today) { json.integer(days) } else { json.null() }
        json.key("portfolio_percentage")
        json.optional(share)
        json.key("risk_level")
        json.optional(sharePercentMillionths.map { Category.risk(sharePercentMillionths: $0) })
        json.key("price_at")
        json.time(priceTime)
        json.key("price_source")
        json.optional(priceSource)
    }

    /// UTC days since the oldest open lot; `today` counts days since 1970-01-01.
    func daysHeld(today: Int64) -> Int64? {
        oldestAcquisition.map { max(0, today - $0 / UTCDay.microseconds) }
    }
}

extension HeldPosition {
    /// Reads the columns that `WalletStatement.positions` adds.
    init(_ reader: inout RowReader, wallet: WalletKey) throws {
        let asset = Address(bytes: try reader.bytes()) ?? .empty
        let symbol = try reader.text()
        token = TradedToken(wallet: wallet, asset: asset, symbol: symbol, decimals: Int(try reader.integer()))
        known = try reader.numeric(scale: 0)
        cost = try reader.money()
        unknown = try reader.numeric(scale: 0)
        unrealised = try reader.optional { try $0.money() }
        value = try reader.optional { try $0.text() }
        share = try reader.optional { try $0.text() }
        sharePercentMillionths = try reader.optional { try $0.integer() }
        priceTime = try reader.optional { try $0.integer() }
        priceSource = try reader.optional { try $0.text() }
        _ = try reader.integer()  // how many there are, the same in all rows
        let lots = try reader.optional { try $0.bytes() }
        oldestAcquisition = try lots.flatMap { try LotChunk.oldest(ofPrefix: $0[...])?.acquiredAt }
    }
}

/// Days as they are counted in Coordinated Universal Time.
enum UTCDay {
    static let microseconds: Int64 = 86_400_000_000
}
