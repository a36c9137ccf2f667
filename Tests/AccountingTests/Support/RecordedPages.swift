import Accounting
import Events
import Foundation

/// The recorded provider pages beside the package, read without the product's own parser.
struct RecordedPages {
    private let folder: URL

    init() {
        folder =
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/real")
            .standardizedFileURL
    }

    func json(_ name: String) throws -> ExactJSON {
        try ExactJSON([UInt8](Data(contentsOf: folder.appending(path: name))))
    }

    /// The transactions of a page, in the provider's order.
    func transactions(_ name: String) throws -> [TransactionObserved] {
        try json(name + ".json")["data"].elements.map(transaction)
    }

    /// The price observations recorded for a page.
    func prices(_ name: String) throws -> [PriceObserved] {
        try json(name + ".prices.json").elements.map { price in
            PriceObserved(
                asset: .address(try require(Address(text: require(price["address"].string), chain: .solana))),
                time: try microseconds(price["time"]), source: try require(price["source"].string),
                transaction: Array(try require(price["transaction_hash"].string).utf8),
                price: try require(price["price_usd"].decimal))
        }
    }

    private func transaction(_ json: ExactJSON) throws -> TransactionObserved {
        let attributes = json["attributes"]
        let hash = try require(attributes["hash"].string)
        return TransactionObserved(
            identity: TransactionIdentity(hash: Array(hash.utf8)), minedAt: try microseconds(attributes["mined_at"]),
            isTrash: try require(attributes["flags"]["is_trash"].bool),
            operation: Operation(rawValue: try require(attributes["operation_type"].string)),
            legs: try attributes["transfers"].elements.map(leg))
    }

    private func leg(_ json: ExactJSON) throws -> Leg {
        let directions: [String: Leg.Direction] = ["in": .incoming, "out": .outgoing, "self": .own]
        let implementation = json["fungible_info"]["implementations"].elements
            .first { $0["chain_id"].string == "solana" }
        let address = try implementation?["address"].string.map { try require(Address(text: $0, chain: .solana)) }
        return Leg(
            act: json["act_id"].string ?? "",
            direction: try require(directions[require(json["direction"].string)]),
            asset: address.map { .address($0) } ?? .unidentified, symbol: json["fungible_info"]["symbol"].string ?? "",
            amount: try require(Amount(digits: require(json["quantity"]["int"].string).utf8)),
            decimals: UInt8(try require(json["quantity"]["decimals"].integer)), price: try json["price"].decimal,
            value: try json["value"].decimal)
    }

    private func microseconds(_ json: ExactJSON) throws -> Int64 {
        let date = try Date(require(json.string), strategy: .iso8601)
        return Int64(date.timeIntervalSince1970) * 1_000_000
    }
}

struct Missing: Error {
    var line: UInt
}

/// The value, or an error that names the line.
func require<Value>(_ value: Value?, line: UInt = #line) throws -> Value {
    guard let value else { throw Missing(line: line) }
    return value
}
