import Accounting
import Events
import Testing

/// What does not fit 128 bits marks its asset; everything else goes on (I8).
struct UnrepresentableTests {
    private func stream(thenAbsurd leg: Leg, operation: Operation) throws -> Stream {
        var stream = Stream()
        try stream.trade(.incoming, "10", at: "1", second: 1000)
        try stream.trade(.outgoing, "5", at: "2", second: 2000)
        try stream.trade(.incoming, "10", of: Assets.other, at: "1", second: 1000)
        try stream.trade(.outgoing, "10", of: Assets.other, at: "3", second: 4000)
        stream.transact(
            operation, at: 3000, [leg, try .of(leg.direction == .incoming ? .outgoing : .incoming, nil, "1")])
        try stream.trade(.outgoing, "5", at: "4", second: 5000)
        return stream
    }

    private func expectOnlyTokenIsMarked(_ numbers: WalletNumbers) throws {
        let token = try numbers.token(Assets.token)
        #expect(token.isUnrepresentable)
        // What came before still stands, what came after does not count.
        #expect(token.realised == (try Money("5")))
        #expect(token.heldKnown == 5_000_000)
        #expect(token.trades == 1)
        let other = try numbers.token(Assets.other)
        #expect(!other.isUnrepresentable)
        #expect(other.realised == (try Money("20")))
        #expect(numbers.completeness.unrepresentableAssets == 1)
        #expect(numbers.portfolio.realised == (try Money("25")))
        #expect(numbers.disposals.map(\.asset) == [Assets.token, Assets.other])
    }

    @Test("A quantity beyond 128 bits", arguments: [Operation.trade, .send, .receive])
    func quantity(operation: Operation) throws {
        var leg = try Leg.of(operation == .receive ? .incoming : .outgoing, Assets.token, "1", price: "1")
        leg.amount = Amount(high: 1, low: 0)
        try expectOnlyTokenIsMarked(try stream(thenAbsurd: leg, operation: operation).numbers())
        leg.amount = Amount(low: UInt128(Int128.max) + 1)
        try expectOnlyTokenIsMarked(try stream(thenAbsurd: leg, operation: operation).numbers())
    }

    @Test("A value, a product and a sum beyond 128 bits")
    func money() throws {
        let value = try Leg.of(.incoming, Assets.token, "1", price: "1", value: "2e20")
        try expectOnlyTokenIsMarked(try stream(thenAbsurd: value, operation: .trade).numbers())
        let product = try Leg.of(.outgoing, Assets.token, "1000000", price: "1e15")
        try expectOnlyTokenIsMarked(try stream(thenAbsurd: product, operation: .trade).numbers())
        let sum = try Leg.of(.incoming, Assets.token, "1", value: "170141183460469231725")
        try expectOnlyTokenIsMarked(try stream(thenAbsurd: sum, operation: .trade).numbers())
    }

    @Test("Quantities of mixed decimals that fit only apart")
    func decimals() throws {
        var leg = try Leg.of(.incoming, Assets.token, "1", price: "1")
        leg.decimals = 60
        var stream = Stream()
        try stream.trade(.incoming, "10", of: Assets.other, at: "1", second: 1000)
        try stream.trade(.incoming, "10", at: "1", second: 1000)
        stream.transact(.trade, at: 2000, [leg, try .of(.outgoing, nil, "1")])
        let numbers = try stream.numbers()
        #expect(try numbers.token(Assets.token).isUnrepresentable)
        #expect(try numbers.token(Assets.other).heldCost == Money("10"))
    }

    @Test("A leg of an absurd quantity leaves the other legs of its trade alone")
    func otherLegs() throws {
        var leg = try Leg.of(.incoming, Assets.token, "1")
        leg.amount = Amount(high: 1, low: 0)
        var stream = Stream()
        stream.transact(
            .trade, at: 1000, [leg, try .of(.outgoing, Assets.dollar, "5", price: "1", value: "5")])
        stream.transact(
            .trade, at: 2000,
            [
                leg, try .of(.outgoing, Assets.dollar, "5", price: "1", value: "5"),
                try .of(.incoming, Assets.other, "1", price: "7"),
            ])
        let numbers = try stream.numbers()
        #expect(try numbers.token(Assets.dollar).proceedsWithoutBasis == Money("10"))
        #expect(try numbers.token(Assets.other).invested == Money("7"))
        #expect(numbers.tokens.filter(\.isUnrepresentable).map(\.asset) == [Assets.token])
    }

    @Test("A portfolio that does not fit goes on without the asset that makes it so")
    func portfolio() throws {
        var stream = Stream()
        for asset in [Assets.token, Assets.other, Assets.third] {
            let value = asset == Assets.third ? "5" : "150e18"
            stream.transact(
                .trade, at: 1000, [try .of(.incoming, asset, "1", value: value), try .of(.outgoing, nil, "1")])
        }
        let numbers = try stream.numbers()
        #expect(numbers.portfolio.invested == (try Money("150000000000000000005")))
        #expect(numbers.tokens.map(\.isUnrepresentable) == [false, true, false])
        #expect(numbers.completeness.unrepresentableAssets == 1)
    }

    @Test("Ratios beyond 64 bits stop at their ends")
    func ratios() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [try .of(.incoming, Assets.token, "1", price: "1", value: "1e-18"), try .of(.outgoing, nil, "1")])
        try stream.trade(.outgoing, "1", at: "1e15", second: 90_000)
        #expect(try stream.numbers().portfolio.profitRatioMillionths == Int64.max / 100 * 100)
    }

    @Test("Times at the ends of 64 bits stop nothing")
    func times() throws {
        var stream = Stream()
        for minedAt in [Int64.min, .max] {
            let direction: Leg.Direction = minedAt < 0 ? .incoming : .outgoing
            let counter: Leg.Direction = minedAt < 0 ? .outgoing : .incoming
            let transaction = TransactionObserved(
                identity: TransactionIdentity(hash: Array("\(minedAt)".utf8)), minedAt: minedAt, operation: .trade,
                legs: [
                    try .of(direction, Assets.token, "1", price: "1"), try .of(counter, Assets.other, "1", price: "1"),
                ])
            stream.append(.transactionObserved(transaction))
        }
        let numbers = try stream.numbers()
        #expect(try numbers.token(Assets.token).trades == 1)
        #expect(try numbers.token(Assets.other).missing == 1_000_000)
    }
}
