import Accounting
import Events

/// Events of one wallet, recorded one after the other.
struct Stream {
    static let wallet = WalletKey(
        chain: .solana, address: Address(bytes: [UInt8](repeating: 7, count: 32))!)

    var wallet = Stream.wallet
    var records: [RecordedEvent] = []

    /// Appends a telling; its digest follows from revision and content seed, as far as tests care.
    mutating func append(_ body: Event.Body, revision: UInt64 = 1, digest: UInt8 = 0) {
        let offset = Int64(records.count)
        let bytes = [digest] + [UInt8](repeating: 0, count: 31)
        let event = Event(body: body, revision: revision, digest: Digest(bytes: bytes)!)
        let position = LogPosition(topic: .walletTransactions, partition: 0, offset: offset)
        records.append(RecordedEvent(event: event, position: position, recordedAt: offset, source: "test"))
    }

    func history(_ records: [RecordedEvent]? = nil) -> WalletHistory {
        var history = WalletHistory(wallet: wallet)
        for record in records ?? self.records { history.insert(record) }
        return history
    }

    func numbers() throws -> WalletNumbers { try R1.fold(history()) }
}

extension WalletNumbers {
    func token(_ asset: Address) throws -> TokenFigures { try require(tokens.first { $0.asset == asset }) }
}

extension Money {
    /// An amount of USD, exactly as written.
    init(_ text: String) throws { self = try Money(rounding: DecimalNumber(text: text.utf8)) }

    /// Whether the other amount differs by at most a billionth.
    func isClose(to expected: Money) -> Bool {
        let difference = Int128(units - expected.units).magnitude
        return difference * 1_000_000_000 <= expected.units.magnitude || units == expected.units
    }
}

/// The two kinds of assets that examples trade. Whole units have six decimals.
enum Assets {
    static let token = Address(bytes: [UInt8](repeating: 1, count: 32))!
    static let other = Address(bytes: [UInt8](repeating: 2, count: 32))!
    static let third = Address(bytes: [UInt8](repeating: 3, count: 32))!
    static let solana = Address(text: "11111111111111111111111111111111", chain: .solana)!
    static let dollar = Address(text: "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", chain: .solana)!
}

extension Leg {
    /// A leg out of decimal texts; the quantity may have as many places as `decimals`.
    static func of(
        _ direction: Direction, _ asset: Address?, _ quantity: String, price: String? = nil, value: String? = nil,
        decimals: UInt8 = 6, act: String = "0", symbol: String = "TOKEN"
    ) throws -> Leg {
        let number = try DecimalNumber(text: quantity.utf8)
        var units = number.coefficient
        for _ in 0..<(Int32(decimals) + number.exponent) { units *= 10 }
        return Leg(
            act: act, direction: direction, asset: asset.map { .address($0) } ?? .unidentified, symbol: symbol,
            amount: Amount(low: UInt128(units)), decimals: decimals,
            price: try price.map { try DecimalNumber(text: $0.utf8) },
            value: try value.map { try DecimalNumber(text: $0.utf8) })
    }
}

extension Stream {
    /// Appends a transaction; its hash follows from the number of records unless given.
    mutating func transact(
        _ operation: Operation, at second: Int64, _ legs: [Leg], hash: String? = nil, isTrash: Bool = false
    ) {
        let name = hash ?? "hash\(records.count)"
        append(
            .transactionObserved(
                TransactionObserved(
                    identity: TransactionIdentity(hash: Array(name.utf8)), minedAt: second * 1_000_000,
                    isTrash: isTrash, operation: operation, legs: legs)))
    }

    /// A purchase or sale that nothing but the leg's own price prices.
    mutating func trade(
        _ direction: Leg.Direction, _ quantity: String, of asset: Address = Assets.token, at price: String,
        second: Int64, hash: String? = nil
    ) throws {
        let counter: Leg.Direction = direction == .outgoing ? .incoming : .outgoing
        let legs = [try Leg.of(direction, asset, quantity, price: price), try Leg.of(counter, nil, "1")]
        transact(.trade, at: second, legs, hash: hash)
    }

    /// A receipt that becomes an event because a price was observed for it.
    mutating func receive(
        _ quantity: String, of asset: Address = Assets.token, second: Int64, observed price: String = "1"
    ) throws {
        let hash = "receipt\(records.count)"
        transact(.receive, at: second, [try Leg.of(.incoming, asset, quantity)], hash: hash)
        try observe(asset, price, second: second, transaction: hash)
    }

    /// A price, asked for a transaction or for the asset alone.
    mutating func observe(_ asset: Address, _ price: String, second: Int64, transaction: String? = nil) throws {
        append(
            .priceObserved(
                PriceObserved(
                    asset: .address(asset), time: second * 1_000_000, source: "birdeye",
                    transaction: transaction.map { Array($0.utf8) }, price: try DecimalNumber(text: price.utf8))))
    }
}
