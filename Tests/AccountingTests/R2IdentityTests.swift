import Accounting
import Events
import TestSupport
import Testing

/// The identities at the end of domain.md 11.2, on random histories, exact to the last unit.
struct R2IdentityTests {
    private static let historyCount = 10_000

    @Test("Identities hold on random histories, under every method")
    func identities() throws {
        let start = TestSupport.SeededGenerator(for: "r2 identities").seed
        for offset in 0..<UInt64(Self.historyCount) {
            let seed = start &+ offset
            let records = R2RandomHistory(seed: seed, transactions: 12).stream
            let history = records.history()
            let fifo = try R2.fold(history)
            var violations = R2Violations(of: fifo)
            let method = CostBasisMethod.allCases[1 + Int(seed % 3)]
            let other = try R2.fold(history, method: method)
            violations.list += R2Violations(of: other).list.map { "\(method): \($0)" }
            violations.compareClosed(fifo, other)
            if seed.isMultiple(of: 4) { try compareOrders(records, fifo, seed, &violations) }
            #expect(violations.list.isEmpty, "SEED=\(seed): \(violations.list.joined(separator: "; "))")
            guard violations.list.isEmpty else { return }
        }
    }

    /// Twice the same event is once, and any order is the sorted order.
    private func compareOrders(
        _ stream: Stream, _ expected: WalletNumbers, _ seed: UInt64, _ violations: inout R2Violations
    ) throws {
        var generator = TestSupport.SeededGenerator(seed: seed)
        let shuffled = (stream.records + stream.records).shuffled(using: &generator)
        violations.check(try R2.fold(stream.history(shuffled)) == expected, "another order gives other numbers")
    }
}

/// What is wrong with the numbers of a wallet, in words.
struct R2Violations {
    var list: [String] = []

    init(of numbers: WalletNumbers) {
        for token in numbers.tokens {
            checkAsset(token, lots: numbers.openLots[token.asset] ?? [])
            checkDisposals(token, numbers.disposals.filter { $0.asset == token.asset })
        }
        checkParts(numbers)
        checkDays(numbers)
    }

    mutating func check(_ holds: Bool, _ violation: String) { if !holds { list.append(violation) } }

    private mutating func checkAsset(_ token: TokenFigures, lots: [OpenLot]) {
        let detail = token.detail
        let costIn = token.invested.units + detail.receivedCost.units + detail.movedInCost.units
        let costOut =
            detail.disposedCost.units + detail.disposedUnpricedCost.units + detail.transferredOutCost.units
            + detail.movedOutCost.units + token.heldCost.units
        check(costIn == costOut, "cost in \(costIn), out \(costOut)")
        let quantityIn = detail.acquiredQuantity + token.received + detail.movedInQuantity + token.missing
        let quantityOut =
            detail.disposedQuantity + detail.transferredOutQuantity + detail.movedOutQuantity + token.heldKnown
            + token.heldUnknown
        check(quantityIn == quantityOut, "quantity in \(quantityIn), out \(quantityOut)")
        check(
            detail.total.units == token.realised.units + (token.unrealised?.units ?? 0),
            "total is not realised plus unrealised")
        check(detail.realisedNet.units == token.realised.units - detail.fees.units, "net is not gross minus fees")
        check(token.heldKnown > 0 || token.heldCost == .zero, "cost without quantity")
        check(lots.allSatisfy { $0.quantity > 0 && $0.cost >= .zero }, "an empty or negative lot")
        check(sum(lots.filter(\.hasKnownBasis).map(\.quantity)) == token.heldKnown, "lots of known basis")
        check(sum(lots.filter { !$0.hasKnownBasis }.map(\.quantity)) == token.heldUnknown, "lots of unknown basis")
        check(sum(lots.map(\.cost.units)) == token.heldCost.units, "cost of lots")
    }

    private mutating func checkDisposals(_ token: TokenFigures, _ disposals: [Disposal]) {
        let realising = disposals.filter { $0.kind != .send && $0.isPriced }
        check(sum(realising.map(\.realised.units)) == token.realised.units, "realised of disposals")
        check(sum(realising.map(\.cost.units)) == token.detail.disposedCost.units, "cost of disposals")
        check(sum(realising.map(\.proceeds.units)) == token.returned.units, "proceeds of disposals")
        check(
            sum(realising.map(\.proceedsWithoutBasis.units)) == token.proceedsWithoutBasis.units,
            "proceeds without basis of disposals")
        check(Int64(disposals.filter(\.isClosedTrade).count) == token.trades, "closed trades")
        for disposal in disposals {
            check(sum(disposal.matches.map(\.quantity)) == disposal.quantity, "quantity of matches")
            check(sum(disposal.matches.map(\.realised.units)) == disposal.realised.units, "realised of matches")
            check(sum(disposal.matches.map(\.cost.units)) == disposal.cost.units, "cost of matches")
            let proceeds = disposal.proceeds.units + disposal.proceedsWithoutBasis.units
            check(sum(disposal.matches.map(\.proceeds.units)) == proceeds, "proceeds of matches")
        }
    }

    private mutating func checkParts(_ numbers: WalletNumbers) {
        let parts = numbers.portfolio.parts
        let counted = numbers.tokens.filter { !$0.detail.isSpam && !$0.isUnrepresentable }
        // What does not fit may be left out of the sums; then they say nothing about the rest.
        let isWhole = !numbers.tokens.contains(where: \.isUnrepresentable)
        for (name, path, of) in Self.sums {
            check(
                parts.tokens[keyPath: path].units + parts.quote[keyPath: path].units
                    == parts.whole[keyPath: path].units, "tokens plus quote is not the portfolio: \(name)")
            guard isWhole else { continue }
            check(
                sum(counted.filter { !$0.detail.isQuote }.map { of($0).units }) == parts.tokens[keyPath: path].units,
                "tokens do not add up: \(name)")
            check(
                sum(counted.filter(\.detail.isQuote).map { of($0).units }) == parts.quote[keyPath: path].units,
                "quote assets do not add up: \(name)")
        }
        check(numbers.portfolio.realised == parts.tokens.realised, "the headline is over tokens")
    }

    private static var sums: [(String, KeyPath<PartFigures, Money>, (TokenFigures) -> Money)] {
        [
            ("realised", \.realised, { $0.realised }), ("unrealised", \.unrealised, { $0.unrealised ?? .zero }),
            ("total", \.total, { $0.detail.total }), ("fees", \.fees, { $0.detail.fees }),
            ("invested", \.invested, { $0.invested }), ("returned", \.returned, { $0.returned }),
            ("held cost", \.heldCost, { $0.heldCost }), ("disposed cost", \.disposedCost, { $0.detail.disposedCost }),
            ("without basis", \.proceedsWithoutBasis, { $0.proceedsWithoutBasis }),
        ]
    }

    private mutating func checkDays(_ numbers: WalletNumbers) {
        guard !numbers.tokens.contains(where: \.isUnrepresentable) else { return }
        let parts = numbers.portfolio.parts
        let days = numbers.daily
        check(sum(days.map(\.realised.units)) == parts.tokens.realised.units, "days: realised")
        check(sum(days.map(\.quoteRealised.units)) == parts.quote.realised.units, "days: quote realised")
        check(sum(days.map(\.fees.units)) == parts.whole.fees.units, "days: fees")
        check(days.reduce(0) { $0 + $1.trades } == parts.tokens.trades, "days: trades")
        check(days.reduce(0) { $0 + $1.wins } == parts.tokens.wins, "days: wins")
        check(Int64(days.count { $0.swaps > 0 }) == numbers.portfolio.activeDays, "active days")
        check(zip(days, days.dropFirst()).allSatisfy { $0.day < $1.day }, "days in order")
        guard let all = try? numbers.window(.min ..< .max) else { return check(false, "window of all") }
        check(all.tokens.realised == parts.tokens.realised, "window of all: tokens")
        check(all.whole.fees == parts.whole.fees, "window of all: fees")
        check(all.whole.trades == parts.whole.trades, "window of all: trades")
    }

    /// A closed position of known basis comes to the same under every method.
    mutating func compareClosed(_ left: WalletNumbers, _ right: WalletNumbers) {
        for (left, right) in zip(left.tokens, right.tokens) {
            check(left.asset == right.asset && left.heldKnown == right.heldKnown, "quantities depend on the method")
            let detail = left.detail
            let isClosed =
                left.heldKnown == 0 && detail.transferredOutQuantity == 0 && detail.movedOutQuantity == 0
                && detail.movedInQuantity == 0 && detail.disposedUnpricedCost == .zero
                && right.detail.disposedUnpricedCost == .zero && left.unpricedLegs == 0 && detail.unpricedFees == 0
            guard isClosed else { continue }
            check(left.realised == right.realised, "a closed position depends on the method")
        }
    }

    private func sum(_ values: [Int128]) -> Int128 { values.reduce(0, +) }
}
