import Accounting
import Events
import TestSupport

/// Seeded histories with everything that the rules tell apart: swaps of several legs, transfers, moves, fees, legs
/// without a price, spam, failures, equal times, observed prices and corrections.
struct PastHistories {
    private var random: SeededGenerator
    private var events: [Event.Body] = []
    private static let addresses = (1...5).map { Address(bytes: [UInt8](repeating: $0, count: 20)) ?? .empty }
    private static let usdc = Address(text: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", chain: .ethereum) ?? .empty
    static let wallet = WalletKey(chain: .ethereum, address: addresses[4])

    /// The assets and their decimals; the same token may be stated with others now and then.
    private static let assets: [(name: AssetName, decimals: UInt8)] =
        [(.absent, 18), (.address(usdc), 6)] + addresses.prefix(4).enumerated().map { (.address($1), UInt8($0 * 6)) }

    /// When the first transactions are mined, microseconds since the epoch.
    static let start: Int64 = 1_700_000_000_000_000

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A history of so many transactions.
    static func history(seed: UInt64, transactions: Int, hasCorrections: Bool = true) -> WalletHistory {
        var histories = PastHistories(seed: seed)
        for index in 0..<transactions { histories.add(index) }
        return Self.history(of: histories.events.filter { hasCorrections || $0.kind != .correctionMade })
    }

    /// A history of events, each the first telling of its subject, one a second.
    static func history(of bodies: [Event.Body]) -> WalletHistory {
        var history = WalletHistory(wallet: wallet)
        for (offset, body) in bodies.enumerated() { history.insert(recorded(body, at: Int64(offset))) }
        return history
    }

    static func recorded(_ body: Event.Body, at offset: Int64) -> RecordedEvent {
        guard let digest = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount)) else {
            preconditionFailure("a digest has that many bytes")
        }
        return RecordedEvent(
            event: Event(
                body: body, revision: 1, digest: digest,
                payload: LogPosition(topic: .providerPayloads, partition: 3, offset: offset)),
            position: LogPosition(topic: .walletTransactions, partition: 3, offset: offset),
            recordedAt: offset * 1_000_000, source: "test")
    }

    private mutating func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < one }

    private mutating func add(_ index: Int) {
        let operations = ["trade", "trade", "trade", "send", "receive", "stake", "unstake", "deploy", "mint"]
        let operation = operations[Int.random(in: 0..<operations.count, using: &random)]
        var legs: [Leg] = []
        let given = operation == "receive" || operation == "mint" ? 0 : Int.random(in: 1...2, using: &random)
        let received = operation == "send" ? 0 : Int.random(in: 1...2, using: &random)
        for _ in 0..<(operation.hasSuffix("stake") ? 1 : given) { legs.append(leg(.outgoing)) }
        for _ in 0..<(operation.hasSuffix("stake") ? 1 : received) { legs.append(leg(.incoming)) }
        let identity = TransactionIdentity(hash: Array("0x\(index)".utf8))
        var transaction = TransactionObserved(
            identity: identity, minedAt: Self.start + Int64(index / 3) * 600_000_000, block: UInt64(index / 5),
            nonce: UInt64(index), sender: chance(4, in: 5) ? Self.wallet.address : Self.addresses[0],
            operation: Operation(rawValue: operation), legs: legs)
        if chance(1, in: 2) {
            var fee = leg(.outgoing)
            (fee.asset, fee.decimals) = (.absent, 18)
            transaction.fee = fee
        }
        if chance(1, in: 20) { transaction.status = .failed }
        if chance(1, in: 20) { transaction.isTrash = true }
        events.append(.transactionObserved(transaction))
        if chance(1, in: 4) { events.append(.priceObserved(price(transaction))) }
        if chance(1, in: 15) { events.append(.correctionMade(correction(index, transaction))) }
    }

    private mutating func leg(_ direction: Leg.Direction) -> Leg {
        let asset = Self.assets[Int.random(in: 0..<Self.assets.count, using: &random)]
        let units = UInt128(Int.random(in: 1...5_000_000, using: &random))
        var leg = Leg(
            act: "0", direction: direction, asset: asset.name, symbol: "S", amount: Amount(low: units),
            decimals: chance(1, in: 30) ? asset.decimals + 1 : asset.decimals)
        let digits = DecimalNumber(coefficient: Int128.random(in: 1...9_999_999, using: &random), exponent: -3)
        if chance(1, in: 2) { leg.value = digits } else if chance(1, in: 2) { leg.price = digits }
        return leg
    }

    private mutating func price(_ transaction: TransactionObserved) -> PriceObserved {
        PriceObserved(
            asset: Self.assets[Int.random(in: 0..<Self.assets.count, using: &random)].name,
            time: transaction.minedAt, source: "test",
            transaction: chance(1, in: 2) ? transaction.identity.hash : nil,
            price: DecimalNumber(coefficient: Int128.random(in: 1...999, using: &random), exponent: -1))
    }

    private mutating func correction(_ index: Int, _ transaction: TransactionObserved) -> Correction {
        let asset = Self.assets[Int.random(in: 2..<Self.assets.count, using: &random)].name
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            return Correction(
                command: "c\(index)", target: .spam, asset: asset, value: chance(1, in: 2) ? "on" : "off", author: "a",
                reason: "r")
        case 1:
            return Correction(
                command: "c\(index)", target: .basis, asset: transaction.legs.last?.asset ?? asset,
                transaction: transaction.identity.hash, value: chance(1, in: 2) ? "market" : "12.5", author: "a",
                reason: "r")
        default:
            return Correction(
                command: "c\(index)", target: .price, asset: asset,
                transaction: chance(1, in: 2) ? transaction.identity.hash : nil, value: "3.25", author: "a",
                reason: "r")
        }
    }
}
