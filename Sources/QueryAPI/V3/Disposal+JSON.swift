import Accounting
import Events
import JSON
import ReadModels

extension Disposal.Kind {
    /// The word served to users.
    var name: String {
        switch self {
        case .swap: "swap"
        case .fee: "fee"
        case .send: "send"
        }
    }
}

extension LotMatch.Basis {
    /// The word served to users.
    var name: String {
        switch self {
        case .known: "known"
        case .unknown: "unknown"
        case .missing: "missing"
        }
    }
}

extension OpenLot.Origin {
    /// The word served to users.
    var name: String {
        switch self {
        case .swap: "swap"
        case .receive: "receive"
        case .unpriced: "unpriced"
        case .move: "move"
        }
    }
}

extension Disposal {
    /// One JSON object with the lots that the quantity came from.
    func append(_ tokens: TokenNames, to json: inout JSONWriter) {
        let decimals = tokens.decimals(of: asset)
        json.beginObject()
        tokens.append(asset, to: &json)
        json.key("transaction")
        json.string(String(decoding: transaction, as: UTF8.self))
        json.key("time")
        json.time(time)
        json.key("kind")
        json.string(kind.name)
        json.key("quantity")
        json.decimal(quantity, scale: decimals)
        json.key("is_priced")
        json.bool(isPriced)
        json.key("is_closed_trade")
        json.bool(isClosedTrade)
        appendAmounts(to: &json)
        json.key("charged_to")
        json.optional(chargedTo?.pathText(on: tokens.chain))
        json.key("hold_seconds")
        if let holdMicroseconds { json.integer(holdMicroseconds / 1_000_000) } else { json.null() }
        json.key("lots")
        json.beginArray()
        for match in matches { match.append(decimals: decimals, to: &json) }
        json.endArray()
        json.endObject()
    }

    private func appendAmounts(to json: inout JSONWriter) {
        let amounts: [(StaticString, Money?)] = [
            ("proceeds_usd", isPriced && kind != .send ? proceeds : nil), ("cost_usd", cost),
            ("realized_usd", isPriced && kind != .send ? realised : nil),
            ("proceeds_without_basis_usd", isPriced && kind != .send ? proceedsWithoutBasis : nil),
            ("market_value_usd", marketValue),
        ]
        for (name, amount) in amounts {
            json.key(name)
            json.optional(amount)
        }
    }
}

extension LotMatch {
    /// One JSON object.
    func append(decimals: Int, to json: inout JSONWriter) {
        json.beginObject()
        json.key("basis")
        json.string(basis.name)
        json.key("acquired_at")
        json.time(basis == .missing ? nil : acquiredAt)
        json.key("acquisition")
        json.optional(acquisition.isEmpty ? nil : String(decoding: acquisition, as: UTF8.self))
        json.key("quantity")
        json.decimal(quantity, scale: decimals)
        json.key("cost_usd")
        json.optional(basis == .known ? cost : nil)
        json.key("proceeds_usd")
        json.money(proceeds)
        json.key("realized_usd")
        json.optional(basis == .known ? realised : nil)
        json.key("hold_seconds")
        json.integer(holdSeconds)
        json.endObject()
    }
}

extension OpenLot {
    /// One JSON object.
    func append(of asset: Address, _ tokens: TokenNames, to json: inout JSONWriter) {
        json.beginObject()
        tokens.append(asset, to: &json)
        json.key("acquisition")
        json.string(String(decoding: acquisition, as: UTF8.self))
        json.key("acquired_at")
        json.time(acquiredAt)
        json.key("origin")
        json.string(origin.name)
        json.key("quantity")
        json.decimal(quantity, scale: tokens.decimals(of: asset))
        json.key("has_known_basis")
        json.bool(hasKnownBasis)
        json.key("cost_usd")
        json.optional(hasKnownBasis ? cost : nil)
        json.endObject()
    }
}
