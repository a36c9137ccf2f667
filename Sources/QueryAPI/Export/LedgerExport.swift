import Accounting
import Events

/// A wallet's history in the ledger format (domain.md 12.1): what it says is imported to the same numbers.
///
/// Transactions stand in canonical order, so that nonces, which are written only when all have one, are not needed to
/// bring them into it again. Left out and counted is what the format has no words for: legs of NFTs and of assets that
/// nothing was said about, quantities beyond 127 bits, transactions that are pending or could not be decoded. Fees that
/// somebody else paid concern nobody.
struct LedgerExport {
    /// The file.
    var bytes: [UInt8] { csv.bytes }
    /// Legs and transactions left out.
    private(set) var leftOut = 0

    private static let columns = [
        "time", "chain", "wallet", "transaction", "operation", "direction", "asset", "quantity", "sender", "block",
        "nonce", "act", "symbol", "decimals", "price_usd", "value_usd", "status", "trash", "source",
    ]

    private var csv: CSVWriter
    private let wallet: WalletKey
    private let hasNonces: Bool
    /// The assets that the file moves, by identity: prices are stated for them under the same name.
    private let names: [Address: AssetName]
    /// One of them: a transaction without any leg is told by a quantity of 0 of it.
    private let anyAsset: AssetName

    /// Exports a history.
    init(_ history: WalletHistory) {
        wallet = history.wallet
        let transactions = history.transactionsInOrder
        hasNonces = transactions.allSatisfy { $0.nonce != nil }
        let moved = transactions.lazy.filter { $0.status != .pending }.flatMap { transaction in
            transaction.legs.filter { $0.direction != .own && $0.nft == nil }.map(\.asset)
                + (transaction.fee.map { [$0.asset] } ?? [])
        }
        var names: [Address: AssetName] = [:]
        for name in moved {
            guard let identity = R2.identity(of: name, on: wallet.chain), names[identity] == nil else { continue }
            names[identity] = name
        }
        self.names = names
        anyAsset = moved.first { $0 != .unidentified } ?? .absent
        csv = CSVWriter(header: Self.columns, reservingByteCount: 512 * transactions.count + 512)
        for transaction in transactions { append(transaction) }
        appendPrices(of: history)
    }

    private mutating func append(_ transaction: TransactionObserved) {
        guard transaction.status != .pending else {
            leftOut += 1
            return
        }
        var rows = 0
        // An empty act is written as 0, which is what an empty cell means; another 0 would be taken for the same act.
        let unnamed = transaction.legs.contains { $0.act == "0" } ? "unnamed" : "0"
        for leg in transaction.legs where leg.direction != .own {
            guard leg.nft == nil, leg.asset != .unidentified, leg.amount.int128 != nil else {
                leftOut += 1
                continue
            }
            let operation = transaction.acts.first { $0.id == leg.act }?.operation ?? transaction.operation
            append(
                leg, as: leg.direction == .incoming ? "in" : "out", operation,
                act: leg.act.isEmpty ? unnamed : leg.act, of: transaction)
            rows += 1
        }
        if let fee = transaction.fee, transaction.sender == wallet.address || fee.direction == .own {
            if fee.nft == nil, fee.asset != .unidentified, fee.amount.int128 != nil {
                append(fee, as: "fee", transaction.operation, act: "", of: transaction)
                rows += 1
            } else {
                leftOut += 1
            }
        }
        if rows == 0 {
            let nothing = Leg(direction: .incoming, asset: anyAsset, amount: .zero, decimals: 0)
            append(nothing, as: "in", transaction.operation, act: unnamed, of: transaction)
        }
    }

    private mutating func append(
        _ leg: Leg, as direction: String, _ operation: Operation, act: String, of transaction: TransactionObserved
    ) {
        csv.place(transaction.minedAt, transaction.identity.subject, wallet)
        csv.foreign(operation.rawValue)
        csv.field(direction)
        csv.field(leg.asset.pathText(on: wallet.chain))
        csv.field(FixedPointText.string(leg.amount.int128 ?? 0, scale: Int(leg.decimals)))
        csv.field(transaction.sender?.text(on: wallet.chain))
        csv.field(transaction.block.map(String.init))
        csv.field(hasNonces ? transaction.nonce.map(String.init) : nil)
        csv.foreign(act)
        csv.foreign(leg.symbol)
        csv.field(String(leg.decimals))
        let (price, value) = leg.statedPrices
        csv.field(price?.text)
        csv.field(value?.text)
        csv.field(transaction.status == .failed ? "failed" : "confirmed")
        csv.field(transaction.isTrash ? "true" : "false")
        csv.field("")
        csv.endRow()
    }

    /// Observations, those of a valued portfolio each by itself, in the order of time.
    private mutating func appendPrices(of history: WalletHistory) {
        var prices: [PriceObserved] = []
        for recorded in history.events {
            switch recorded.event.body {
            case .priceObserved(let price): prices.append(price)
            case .portfolioValued(let valuation):
                prices += valuation.entries.map { entry in
                    PriceObserved(
                        asset: entry.asset, time: entry.priceTime, source: valuation.source, transaction: nil,
                        price: entry.price)
                }
            case .transactionRefused: leftOut += 1
            default: break
            }
        }
        prices = prices.filter { $0.price.coefficient > 0 }.compactMap { price in
            // Of an asset that is never moved, nobody needs a price.
            guard let identity = R2.identity(of: price.asset, on: wallet.chain), let name = names[identity] else {
                return nil
            }
            var named = price
            named.asset = name
            return named
        }
        prices.sort { left, right in
            if left.time != right.time { return left.time < right.time }
            let texts = (left.asset.pathText(on: wallet.chain), right.asset.pathText(on: wallet.chain))
            return texts.0 == texts.1 ? left.source < right.source : texts.0 < texts.1
        }
        for price in prices { append(price) }
    }

    private mutating func append(_ price: PriceObserved) {
        csv.place(price.time, price.transaction ?? [], wallet)
        csv.field("price")
        csv.field("")
        csv.field(price.asset.pathText(on: wallet.chain))
        for _ in 0..<7 { csv.field("") }
        csv.field(price.price.text)
        for _ in 0..<3 { csv.field("") }
        csv.foreign(price.source)
        csv.endRow()
    }
}

extension Leg {
    /// What was stated of its worth, such that an import understands it as the rules do: a value of nothing for
    /// something is none, and of a price and a value that disagree the value wins.
    fileprivate var statedPrices: (price: DecimalNumber?, value: DecimalNumber?) {
        let price = price.flatMap { $0.isNegative ? nil : $0 }
        guard let value, value.coefficient > 0, let money = try? Money(rounding: value), money > .zero else {
            return (price, nil)
        }
        guard let price, let amount = amount.int128,
            let worth = try? UnitPrice.digits(price).value(ofBaseUnits: amount, decimals: decimals)
        else { return (nil, value) }
        let difference = (worth.units - money.units).magnitude
        return (difference <= money.units.magnitude / 200 ? price : nil, value)
    }
}
