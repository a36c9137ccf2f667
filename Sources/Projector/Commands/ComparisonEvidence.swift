import Accounting
import Events

/// What a wallet's transactions and figures show of the ways in which the two rule sets reckon, asset by asset.
struct ComparisonEvidence {
    private(set) var reasons: [Address: Set<ComparisonReason>] = [:]
    private let r2: WalletNumbers
    private let isEVM: Bool
    private var seconds: [Address: [Int64: Int]] = [:]
    private var nativeNames: Set<AssetName> = []

    init(_ transactions: [TransactionObserved], r2: WalletNumbers, chain: Chain) {
        self.r2 = r2
        isEVM = chain.isEVM
        for transaction in transactions { note(transaction) }
        for token in r2.tokens { note(token) }
        if nativeNames.count > 1 || nativeNames.contains(.absent) { reasons[.empty, default: []].insert(.native) }
        for (asset, counts) in seconds where counts.values.contains(where: { $0 > 1 }) {
            reasons[asset, default: []].insert(.sameSecond)
        }
    }

    private mutating func note(_ token: TokenFigures) {
        let asset = token.asset
        if token.detail.unbalancedSwaps > 0 { reasons[asset, default: []].insert(.unbalanced) }
        if token.detail.disposedUnpricedCost > .zero || r2.disposals.contains(where: { $0.isUnpricedSwap(of: asset) }) {
            reasons[asset, default: []].insert(.unpriced)
        }
        let takesSeveralLots = r2.disposals.contains { disposal in
            disposal.asset == asset && disposal.isClosedTrade
                && disposal.matches.count(where: { $0.basis == .known }) > 1
        }
        if takesSeveralLots { reasons[asset, default: []].insert(.disposal) }
    }

    private mutating func note(_ transaction: TransactionObserved) {
        let named = transaction.legs.filter { $0.nft == nil && $0.asset != .unidentified }
        nativeNames.formUnion(named.filter { identity($0) == .empty }.map(\.asset))
        for asset in Set(named.map(identity)) {
            seconds[asset, default: [:]][transaction.minedAt / 1_000_000, default: 0] += 1
        }
        for act in Set(named.map(\.act)) {
            let legs = named.filter { $0.act == act }
            let assets = Set(legs.map(identity))
            let given = legs.filter { $0.direction == .outgoing }
            let received = legs.filter { $0.direction == .incoming }
            guard !given.isEmpty, !received.isEmpty else { continue }
            var found: Set<ComparisonReason> = []
            if assets.count > 2 || assets.count < legs.count { found.insert(.several) }
            if isEVM, assets.contains(where: isQuote) { found.insert(.stablecoin) }
            if legs.contains(where: { $0.value == nil && $0.price == nil }) { found.insert(.otherSide) }
            if disagree(given, received) { found.insert(.oneValue) }
            for asset in assets { reasons[asset, default: []].formUnion(found) }
        }
    }

    /// Whether both sides say what they are worth, and not the same.
    private func disagree(_ given: [Leg], _ received: [Leg]) -> Bool {
        let totals = [given, received].map { legs -> Money? in
            try? legs.reduce(Money.zero) { sum, leg in
                guard let value = leg.value else { throw ArithmeticError.overflow }
                return try sum.adding(Money(rounding: value))
            }
        }
        guard let first = totals[0], let second = totals[1] else { return false }
        return first != second
    }

    private func identity(_ leg: Leg) -> Address {
        ComparedAsset.identity(of: leg.asset.address ?? .empty, in: r2)
    }

    private func isQuote(_ asset: Address) -> Bool { r2.tokens.contains { $0.asset == asset && $0.detail.isQuote } }
}

extension Disposal {
    fileprivate func isUnpricedSwap(of asset: Address) -> Bool { self.asset == asset && kind == .swap && !isPriced }
}
