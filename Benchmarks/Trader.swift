import Events
import TestSupport

/// Somebody who buys and sells a few tokens for USDC or SOL and never sells more than is held.
struct Trader {
    /// The wallet traded with.
    let wallet: WalletKey
    private var tokens: [Token]

    private struct Token {
        let name: AssetName
        let symbol: String
        /// USD a whole unit, at 10^-12.
        var price: Int128
        /// Base units.
        var held: Int128 = 0
    }

    private struct Currency {
        let name: AssetName
        let symbol: String
        let decimals: UInt8
        /// USD a whole unit.
        let price: DecimalNumber
    }

    private static let usdc = Currency(
        name: name("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"), symbol: "USDC", decimals: 6,
        price: DecimalNumber(coefficient: 1, exponent: 0))
    private static let sol = Currency(
        name: name("So11111111111111111111111111111111111111112"), symbol: "SOL", decimals: 9,
        price: DecimalNumber(coefficient: 17_987, exponent: -2))
    private static let tokenDecimals: UInt8 = 6

    /// A wallet and tokens that nobody else has.
    init(tokenCount: Int, _ generator: inout SeededGenerator) {
        wallet = WalletKey(chain: .solana, address: Self.address(&generator))
        tokens = (0..<tokenCount).map { index in
            Token(
                name: .address(Self.address(&generator)), symbol: "TOKEN\(index)",
                price: Int128.random(in: 1_000_000...10_000_000_000_000, using: &generator))
        }
    }

    /// The next trade: a purchase, or the sale of a part or all of what is held.
    mutating func trade(at time: Int64, _ generator: inout SeededGenerator) -> TransactionObserved {
        let index = Int.random(in: 0..<tokens.count, using: &generator)
        let currency = Int.random(in: 0..<10, using: &generator) < 3 ? Self.sol : Self.usdc
        tokens[index].price += tokens[index].price * Int128.random(in: -80...90, using: &generator) / 1000
        let token = tokens[index]
        let isSale = token.held > 0 && Bool.random(using: &generator)
        let quantity: Int128
        if isSale {
            quantity = Bool.random(using: &generator) ? token.held : max(1, token.held / 3)
        } else {
            let dollars = Int128.random(in: 5_000_000...2_000_000_000, using: &generator)  // at 10^-6
            quantity = max(1, dollars * 1_000_000_000_000 / token.price)
        }
        tokens[index].held += isSale ? -quantity : quantity
        let worth = quantity * token.price  // at 10^-18
        let paid = Self.leg(currency, worth: worth, isSale ? .incoming : .outgoing)
        let traded = Leg(
            act: "0", direction: isSale ? .outgoing : .incoming, asset: token.name, symbol: token.symbol,
            amount: Amount(low: UInt128(quantity)), decimals: Self.tokenDecimals,
            price: DecimalNumber(coefficient: token.price, exponent: -12), value: Self.value(worth))
        return TransactionObserved(
            identity: Self.identity(&generator), minedAt: time, block: 0, nonce: 0, sender: wallet.address,
            operation: .trade, legs: isSale ? [paid, traded] : [traded, paid], fee: Self.fee(&generator))
    }

    private static func leg(_ currency: Currency, worth: Int128, _ direction: Leg.Direction) -> Leg {
        // Worth is at 10^-18, the price at 10^exponent: base units = worth · 10^(decimals - 18) / price.
        var units = worth / currency.price.coefficient
        for _ in 0..<(18 - Int32(currency.decimals) + currency.price.exponent) { units /= 10 }
        return Leg(
            act: "0", direction: direction, asset: currency.name, symbol: currency.symbol,
            amount: Amount(low: UInt128(max(1, units))), decimals: currency.decimals, price: currency.price,
            value: value(worth))
    }

    private static func fee(_ generator: inout SeededGenerator) -> Leg {
        let lamports = Int128.random(in: 5_000...2_005_000, using: &generator)
        let worth = lamports * sol.price.coefficient * 10_000_000  // 10^-9 · 10^-2, at 10^-18
        return leg(sol, worth: worth, .outgoing)
    }

    /// An amount at 10^-18 USD with the 16 significant digits that providers deliver.
    private static func value(_ worth: Int128) -> DecimalNumber {
        var coefficient = worth
        var exponent: Int32 = -18
        while coefficient >= 10_000_000_000_000_000 {
            coefficient /= 10
            exponent += 1
        }
        return DecimalNumber(coefficient: coefficient, exponent: exponent)
    }

    private static func identity(_ generator: inout SeededGenerator) -> TransactionIdentity {
        TransactionIdentity(
            hash: text(88, of: Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8), &generator),
            providerID: text(36, of: Array("0123456789abcdef".utf8), &generator))
    }

    private static func text(
        _ count: Int, of alphabet: [UInt8], _ generator: inout SeededGenerator
    ) -> [UInt8] {
        (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
    }

    private static func address(_ generator: inout SeededGenerator) -> Address {
        // 32 bytes are an address of this chain.
        Address(bytes: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })!
    }

    private static func name(_ text: String) -> AssetName {
        // Only called with the addresses above.
        .address(Address(text: text, chain: .solana)!)
    }
}
