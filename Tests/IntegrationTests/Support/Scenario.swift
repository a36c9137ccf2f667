import Crypto
import Events
import TestSupport

/// Seeded histories of wallets that trade a few tokens against USDC on Solana, with the events that arrive around
/// trades: revisions, refusals, retractions, observed prices, coverage.
struct Scenario {
    private var random: SeededGenerator
    private let encoder = EventEncoder()
    static let digest: DigestFunction = { bytes in
        guard let digest = Digest(bytes: SHA256.digest(of: bytes).bytes) else {
            preconditionFailure("a SHA-256 has 32 bytes")
        }
        return digest
    }

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A Solana wallet with a number.
    static func wallet(_ number: UInt8) -> WalletKey {
        WalletKey(chain: .solana, address: address([1, number]))
    }

    static func address(_ prefix: [UInt8]) -> Address {
        guard let address = Address(bytes: prefix + [UInt8](repeating: 7, count: 32 - prefix.count)) else {
            preconditionFailure("32 bytes are an address")
        }
        return address
    }

    static let usdc = Address(text: "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", chain: .solana) ?? .empty

    /// Events of several wallets, in chronological order.
    mutating func events(wallets: UInt8, transactionsPerWallet: Int) throws -> [(
        wallet: WalletKey, event: EncodedEvent
    )] {
        var all: [(wallet: WalletKey, event: EncodedEvent)] = []
        for number in 0..<wallets {
            let wallet = Self.wallet(number)
            for index in 0..<transactionsPerWallet { all += try tellings(of: index, wallet).map { (wallet, $0) } }
            let coverage = CoverageRecorded(
                source: "test", from: 0, to: Int64(transactionsPerWallet) * 60_000_000, reachedBeginning: false,
                stopReason: .endOfFile, count: UInt64(transactionsPerWallet))
            all.append((wallet, try seal(.coverageRecorded(coverage), 1, wallet)))
        }
        return all
    }

    /// Seals a body; the tests' own bodies are always encodable.
    func seal(_ body: Event.Body, _ revision: UInt64, _ wallet: WalletKey) throws -> EncodedEvent {
        try encoder.seal(body, revision: revision, wallet: wallet, digest: Self.digest)
    }

    private mutating func tellings(of index: Int, _ wallet: WalletKey) throws -> [EncodedEvent] {
        let first = try seal(.transactionObserved(swap(index)), 1, wallet)
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            var changed = swap(index)
            changed.isTrash = true
            return [first, try seal(.transactionObserved(changed), 2, wallet)]
        case 1:
            let refused = TransactionRefused(identity: identity(index), code: .invalidNumber, detail: "legs[0]")
            return [try seal(.transactionRefused(refused), 1, wallet)]
        case 2:
            let retracted = TransactionRetracted(identity: identity(index), reason: "reorganised")
            return [first, try seal(.transactionRetracted(retracted), 2, wallet)]
        case 3:
            let observed = PriceObserved(
                asset: .address(token(index)), time: Int64(index) * 60_000_000, source: "test",
                transaction: identity(index).hash, price: DecimalNumber(coefficient: 3, exponent: -2))
            return [first, try seal(.priceObserved(observed), 1, wallet)]
        default: return [first]
        }
    }

    /// A purchase or a sale of a token against USDC; a few in the same second.
    mutating func swap(_ index: Int) -> TransactionObserved {
        let quantity = UInt128(Int.random(in: 1...1_000, using: &random)) * 1_000
        let price = Int128(Int.random(in: 1...500, using: &random))
        let isPurchase = Bool.random(using: &random)
        let token = Leg(
            act: "0", direction: isPurchase ? .incoming : .outgoing, asset: .address(token(index)), symbol: "T",
            amount: Amount(low: quantity), decimals: 3)
        let payment = Leg(
            act: "0", direction: isPurchase ? .outgoing : .incoming, asset: .address(Self.usdc), symbol: "USDC",
            amount: Amount(low: quantity * UInt128(price)), decimals: 6,
            price: DecimalNumber(coefficient: 1, exponent: 0),
            value: DecimalNumber(coefficient: Int128(quantity) * price, exponent: -6))
        return TransactionObserved(
            identity: identity(index), minedAt: Int64(index / 2) * 60_000_000, sender: nil, operation: .trade,
            legs: [token, payment])
    }

    private func token(_ index: Int) -> Address { Self.address([9, UInt8(index % 3)]) }

    private func identity(_ index: Int) -> TransactionIdentity {
        TransactionIdentity(hash: Array("transaction-\(index)".utf8))
    }

    /// The same events in another order, some of them twice.
    mutating func disordered<Element>(_ events: [Element]) -> [Element] {
        let doubled = events + events.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        return doubled.shuffled(using: &random)
    }

    /// A whole number below a bound.
    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
}
