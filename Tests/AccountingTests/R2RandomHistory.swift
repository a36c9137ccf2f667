import Accounting
import Events
import TestSupport

/// Makes up the history of a wallet: swaps, swaps of several legs and acts, transfers, moves, fees, missing prices,
/// spam, failures, corrections and equal times. The same generator state gives the same history.
struct R2RandomHistory {
    /// The assets that move. One token is reported with two numbers of decimals.
    private struct Asset {
        var name: AssetName
        var decimals: [UInt8]
        var isQuote = false
        var nft: String?
    }

    private static let assets: [Asset] = [
        Asset(name: .empty, decimals: [9], isQuote: true), Asset(name: .absent, decimals: [9], isQuote: true),
        Asset(name: .address(wrapped), decimals: [9], isQuote: true),
        Asset(name: .address(Assets.dollar), decimals: [6], isQuote: true),
        Asset(name: .address(Assets.token), decimals: [6]), Asset(name: .address(Assets.token), decimals: [6]),
        Asset(name: .address(Assets.other), decimals: [0, 9]), Asset(name: .address(Assets.third), decimals: [18]),
        Asset(name: .address(Assets.third), decimals: [18]),
        Asset(name: .address(Assets.other), decimals: [0], nft: "7"), Asset(name: .unidentified, decimals: [2]),
    ]
    private static let wrapped = Address(text: "So11111111111111111111111111111111111111112", chain: .solana)!
    private static let operations = [
        "trade", "trade", "trade", "trade", "execute", "send", "receive", "receive", "deposit", "wrap", "mint",
        "approve", "airdrop",
    ]

    /// What was recorded.
    private(set) var stream = Stream()
    private var random: TestSupport.SeededGenerator
    private var made: [String] = []

    /// A history of at most so many transactions.
    init(seed: UInt64, transactions: Int) {
        random = TestSupport.SeededGenerator(seed: seed)
        let count = Int.random(in: 1...transactions, using: &random)
        for index in 0..<count { addTransaction(index) }
        for _ in 0..<Int.random(in: 0...3, using: &random) { addPrice() }
        if chance(3) { for _ in 0..<Int.random(in: 1...3, using: &random) { addCorrection() } }
    }

    private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func addTransaction(_ index: Int) {
        let operation = Operation(rawValue: Self.operations.randomElement(using: &random)!)
        let isOwn = !chance(4)
        var legs: [Leg] = []
        for act in 0..<(chance(6) ? 2 : 1) {
            for _ in 0..<Int.random(in: chance(8) ? 0...5 : 1...3, using: &random) {
                legs.append(leg(act: String(act), among: Self.assets))
            }
        }
        // The other side of a trade, so that most of them are swaps.
        if operation == .trade, let first = legs.first, !chance(5) {
            var leg = leg(act: first.act, among: Self.assets)
            leg.direction = first.direction == .incoming ? .outgoing : .incoming
            legs.append(leg)
        }
        var fee: Leg?
        if chance(2) {
            fee = leg(act: "", among: chance(8) ? Self.assets : Array(Self.assets.prefix(1)))
            fee?.direction = .outgoing
        }
        stream.append(
            .transactionObserved(
                TransactionObserved(
                    identity: TransactionIdentity(hash: Array("transaction\(index)".utf8)),
                    minedAt: time(), block: chance(2) ? nil : UInt64.random(in: 0...2, using: &random),
                    nonce: chance(2) ? nil : UInt64(index), sender: isOwn ? Stream.wallet.address : nil,
                    status: chance(12) ? .failed : .confirmed, isTrash: chance(8), operation: operation, legs: legs,
                    fee: fee)))
    }

    /// Times repeat, so that the other keys of the order decide, and lie on both sides of midnight.
    private mutating func time() -> Int64 {
        1_735_689_600_000_000 + Int64.random(in: -4...12, using: &random) * 1_800_000_000
    }

    private mutating func leg(act: String, among assets: [Asset]) -> Leg {
        let asset = assets.randomElement(using: &random)!
        let decimals = asset.decimals.randomElement(using: &random)!
        var quantity = UInt128(UInt64.random(in: 0...9, using: &random))
        // Small numbers make closed positions and ties, large ones make splits that do not come out even.
        if chance(2) { quantity = UInt128(UInt64.random(in: 1...1_000_000_000_007, using: &random)) }
        if chance(300) { quantity = .max - UInt128(UInt64.random(in: 0...9, using: &random)) }
        let isPriced = asset.isQuote ? !chance(12) : chance(3)
        let value = DecimalNumber(
            coefficient: Int128(UInt32.random(in: chance(4) ? 0...3 : 1...1_000_000, using: &random)),
            exponent: Int32.random(in: -6 ... -1, using: &random))
        let price = DecimalNumber(
            coefficient: Int128(UInt64.random(in: 0...9_999_999_999_999, using: &random)),
            exponent: Int32.random(in: -20 ... -10, using: &random))
        let statesValue = chance(2)
        return Leg(
            act: act, direction: chance(2) ? .incoming : chance(12) ? .own : .outgoing, asset: asset.name,
            nft: asset.nft, symbol: "S", amount: Amount(low: quantity), decimals: decimals,
            price: isPriced && !statesValue ? price : nil, value: isPriced && statesValue ? value : nil)
    }

    private mutating func addPrice() {
        let asset = Self.assets.randomElement(using: &random)!
        let hash = Array("transaction\(Int.random(in: 0...3, using: &random))".utf8)
        stream.append(
            .priceObserved(
                PriceObserved(
                    asset: asset.name, time: time(), source: chance(2) ? "birdeye" : "zerion",
                    transaction: chance(2) ? hash : nil,
                    price: DecimalNumber(
                        coefficient: Int128(UInt32.random(in: 0...1_000_000, using: &random)), exponent: -8))))
    }

    private mutating func addCorrection() {
        let target = [Correction.Target.spam, .basis, .price].randomElement(using: &random)!
        let values: [String] =
            switch target {
            case .spam: ["on", "off"]
            case .basis: ["zero", "market", "12.345678"]
            case .price: ["0.000123", "7"]
            }
        let undone = chance(4) ? made.randomElement(using: &random) : nil
        let correction = Correction(
            command: "command\(made.count)", target: target, asset: Self.assets.randomElement(using: &random)!.name,
            transaction: chance(2) ? Array("transaction\(Int.random(in: 0...3, using: &random))".utf8) : nil,
            leg: chance(4) ? 0 : nil, value: values.randomElement(using: &random)!, author: "a", reason: "r",
            undoes: undone)
        made.append(correction.command)
        stream.append(undone == nil ? .correctionMade(correction) : .correctionUndone(correction))
    }
}
