import Accounting
import Events

/// The figures of an asset that are compared, money in millionths of a USD, half to even.
struct ComparisonFigures: Hashable {
    /// Realised profit and loss.
    var realised: Int128 = 0
    /// Cost of what was bought.
    var invested: Int128 = 0
    /// Proceeds of what was sold out of known lots.
    var returned: Int128 = 0
    /// Closed trades.
    var trades: Int64 = 0

    /// Nothing.
    init() {}

    init(_ token: TokenFigures) {
        realised = Self.millionths(token.realised)
        invested = Self.millionths(token.invested)
        returned = Self.millionths(token.returned)
        trades = token.trades
    }

    /// Decimal places shown.
    static let scale = 6
    private static let unitsPerMillionth: Int128 = 1_000_000_000_000

    private static func millionths(_ money: Money) -> Int128 {
        let (quotient, remainder) = money.units.quotientAndRemainder(dividingBy: unitsPerMillionth)
        let twice = remainder.magnitude * 2
        let rounds = twice > unitsPerMillionth.magnitude || twice == unitsPerMillionth.magnitude && quotient % 2 != 0
        return rounds ? quotient + (money.units < 0 ? -1 : 1) : quotient
    }

    static func + (left: ComparisonFigures, right: ComparisonFigures) -> ComparisonFigures {
        var sum = left
        sum.realised += right.realised
        sum.invested += right.invested
        sum.returned += right.returned
        sum.trades += right.trades
        return sum
    }
}

/// What both rule sets say of an asset; nil: they know nothing of it.
struct ComparedAsset: Hashable {
    var r1: ComparisonFigures?
    var r2: ComparisonFigures?

    /// Whether they say the same.
    var isEqual: Bool { r1 == r2 }

    /// Whether they differ in more than the count of trades.
    var differInMoney: Bool {
        guard let r1, let r2 else { return !isEqual }
        return (r1.realised, r1.invested, r1.returned) != (r2.realised, r2.invested, r2.returned)
    }

    /// By how much they differ: what a reason has to change.
    var difference: [Int128] {
        let (left, right) = (r1 ?? ComparisonFigures(), r2 ?? ComparisonFigures())
        return [
            left.realised - right.realised, left.invested - right.invested, left.returned - right.returned,
            Int128(left.trades - right.trades), (r1 == nil ? 0 : 1) - (r2 == nil ? 0 : 1),
        ]
    }

    /// What both say of a history, by r2's identity of the asset. Throws `FoldError`.
    static func byAsset(_ r1: WalletNumbers, _ r2: WalletNumbers) -> [Address: ComparedAsset] {
        var assets: [Address: ComparedAsset] = [:]
        for token in r2.tokens { assets[token.asset, default: ComparedAsset()].r2 = ComparisonFigures(token) }
        for token in r1.tokens {
            let asset = identity(of: token.asset, in: r2)
            let figures = ComparisonFigures(token)
            assets[asset, default: ComparedAsset()].r1 = assets[asset]?.r1.map { $0 + figures } ?? figures
        }
        return assets
    }

    /// r2 lists every asset that moved, the native coin under the empty address alone: an address that it does not list
    /// is one of the native coin's.
    static func identity(of address: Address, in r2: WalletNumbers) -> Address {
        r2.tokens.contains { $0.asset == address } ? address : .empty
    }
}
