import Accounting
import Events
import Testing

/// Single rules of r2 that no published case touches (domain.md 11.2).
struct R2RuleTests {
    private static let usdc = Assets.dollar
    private static let wrapped = Address(text: "So11111111111111111111111111111111111111112", chain: .solana)!

    private func buy(_ quantity: String, for dollars: String) throws -> [Leg] {
        [
            try Leg.of(.outgoing, Self.usdc, dollars, price: "1"),
            try Leg.of(.incoming, Assets.token, quantity),
        ]
    }

    private func sell(_ quantity: String, for dollars: String) throws -> [Leg] {
        [
            try Leg.of(.outgoing, Assets.token, quantity),
            try Leg.of(.incoming, Self.usdc, dollars, price: "1"),
        ]
    }

    private func token(_ stream: Stream, _ asset: Address = Assets.token) throws -> TokenFigures {
        try R2.fold(stream.history()).token(asset)
    }

    @Test("Every name of the native coin is one asset, and a liquid-staking token is none of it")
    func native() throws {
        var stream = Stream()
        let names: [AssetName] = [.absent, .empty, .address(Assets.solana), .address(Self.wrapped)]
        for (second, name) in names.enumerated() {
            var leg = try Leg.of(.incoming, Assets.token, "1", decimals: 9)
            leg.asset = name
            stream.transact(.receive, at: Int64(second), [leg])
        }
        let numbers = try R2.fold(stream.history())
        #expect(numbers.tokens.map(\.asset) == [.empty])
        #expect(numbers.tokens[0].symbol == "SOL")
        #expect(numbers.tokens[0].heldUnknown == 4_000_000_000)
        #expect(numbers.tokens[0].detail.isQuote)
    }

    @Test("NFTs and unidentified legs take part in their act, are counted and not listed")
    func nonFungible() throws {
        var stream = Stream()
        var nft = try Leg.of(.incoming, Assets.other, "1", decimals: 0)
        nft.nft = "7"
        stream.transact(.trade, at: 1, [try Leg.of(.outgoing, Self.usdc, "100", price: "1"), nft])
        nft.direction = .outgoing
        stream.transact(.trade, at: 2, [nft, try Leg.of(.incoming, Self.usdc, "150", price: "1")])
        stream.transact(
            .trade, at: 3, [try Leg.of(.outgoing, Self.usdc, "1", price: "1"), try Leg.of(.incoming, nil, "5")])
        let numbers = try R2.fold(stream.history())
        #expect(numbers.tokens.map(\.asset) == [Self.usdc])
        #expect(numbers.disposals.allSatisfy { $0.asset == Self.usdc })
        #expect(numbers.completeness.nonFungibleLegs == 3)
        #expect(numbers.portfolio.realised == .zero)
        #expect(numbers.portfolio.activeDays == 1)
    }

    @Test("A fee counts only if the wallet sent the transaction or the leg says it is its own")
    func feeOwnership() throws {
        let fee = try Leg.of(.outgoing, Assets.solana, "0.1", value: "20", decimals: 9)
        var own = fee
        own.direction = .own
        for (sender, leg, isPaid) in [
            (Stream.wallet.address, fee, true), (Assets.other, fee, false), (nil, fee, false),
            (Assets.other, own, true),
        ] as [(Address?, Leg, Bool)] {
            var stream = Stream()
            stream.append(
                .transactionObserved(
                    TransactionObserved(
                        identity: TransactionIdentity(hash: [1]), minedAt: 1, sender: sender, operation: .trade,
                        legs: try buy("1", for: "10"), fee: leg)))
            #expect(try token(stream).detail.fees == (isPaid ? Money("20") : .zero))
        }
    }

    @Test("Prices: made for the transaction, else the nearest; ties the earlier, then the lower; an hour at most")
    func observedPrices() throws {
        let cases: [([(price: String, second: Int64, transaction: String?)], String?)] = [
            ([("5", 4_000, "t"), ("6", 3_600, nil)], "5"), ([("5", 3_000, nil), ("6", 4_100, nil)], "6"),
            ([("5", 4_600, nil), ("6", 2_600, nil)], "6"), ([("7", 3_000, nil), ("6", 3_000, nil)], "6"),
            ([("5", 7_200, nil)], "5"), ([("5", 7_201, nil)], nil), ([("0", 3_600, nil)], nil),
            ([("5", 3_600, "another")], "5"),
        ]
        for (prices, expected) in cases {
            var stream = Stream()
            stream.transact(
                .trade, at: 3_600,
                [try Leg.of(.outgoing, Assets.other, "1"), try Leg.of(.incoming, Assets.token, "1")], hash: "t")
            for (place, observation) in prices.enumerated() {
                stream.append(
                    .priceObserved(
                        PriceObserved(
                            asset: .address(Assets.token), time: observation.second * 1_000_000,
                            source: "source\(place)", transaction: observation.transaction.map { Array($0.utf8) },
                            price: try DecimalNumber(text: observation.price.utf8))))
            }
            let token = try token(stream)
            #expect(token.invested == (try expected.map { try Money($0) } ?? .zero))
            #expect((token.unpricedLegs == 0) == (expected != nil))
        }
    }

    @Test("Several legs without a value ask observed prices; one takes the rest without asking")
    func splitWithObservedPrices() throws {
        var stream = Stream()
        let paid = try Leg.of(.outgoing, Self.usdc, "90", price: "1")
        let two = [try Leg.of(.incoming, Assets.token, "1"), try Leg.of(.incoming, Assets.other, "1")]
        stream.transact(.trade, at: 1, [paid] + two)
        try stream.observe(Assets.token, "10", second: 1)
        try stream.observe(Assets.other, "20", second: 1)
        #expect(try token(stream).invested == Money("30"))
        #expect(try token(stream, Assets.other).invested == Money("60"))
        var single = Stream()
        single.transact(.trade, at: 1, [paid, two[0]])
        try single.observe(Assets.token, "10", second: 1)
        #expect(try token(single).invested == Money("90"))
    }

    @Test("A side never adds up to more than the swap's value")
    func createsNoMoney() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1,
            [
                try Leg.of(.outgoing, Self.usdc, "90", price: "1"),
                try Leg.of(.incoming, Assets.token, "1", value: "100"), try Leg.of(.incoming, Assets.other, "1"),
            ])
        #expect(try token(stream).invested == Money("90"))
        #expect(try token(stream, Assets.other).unpricedLegs == 1)
    }

    @Test("Only the wallet's own sends and swaps vouch for an arrival flagged as spam")
    func ownArrivals() throws {
        for (sender, isVouched) in [(Stream.wallet.address, true), (Assets.other, false)] {
            var stream = Stream()
            stream.transact(.receive, at: 1, [try Leg.of(.incoming, Assets.token, "5")], isTrash: true)
            stream.append(
                .transactionObserved(
                    TransactionObserved(
                        identity: TransactionIdentity(hash: [1]), minedAt: 2_000_000, sender: sender,
                        operation: .send, legs: [try Leg.of(.outgoing, Assets.token, "2")])))
            let numbers = try R2.fold(stream.history())
            #expect(try numbers.token(Assets.token).heldUnknown == (isVouched ? 3_000_000 : 0))
            #expect(numbers.completeness.trash == (isVouched ? 0 : 1))
        }
    }

    @Test("HIFO takes the oldest of lots that cost the same, also after a split that was rounded")
    func highestFirstTies() throws {
        var stream = Stream()
        for (second, hash) in ["a", "b"].enumerated() {
            stream.transact(.trade, at: Int64(second), try buy("3", for: "1"), hash: hash)
        }
        for second in 2...4 { stream.transact(.trade, at: Int64(second), try sell("1", for: "1"), hash: "s\(second)") }
        let numbers = try R2.fold(stream.history(), method: .hifo)
        let taken = numbers.disposals.filter { $0.asset == Assets.token }.flatMap(\.matches).map(\.acquisition)
        #expect(taken == [Array("a".utf8), Array("a".utf8), Array("a".utf8)])
    }

    @Test("A move keeps the cost to the last unit, whatever the quantities round to")
    func moveKeepsCost() throws {
        for received in ["0.000001", "0.000002", "7", "0.333333"] {
            var stream = Stream()
            for second in 1...3 { stream.transact(.trade, at: Int64(second), try buy("1", for: "0.1")) }
            let moved = [try Leg.of(.outgoing, Assets.token, "5"), try Leg.of(.incoming, Assets.other, received)]
            stream.transact(Operation(rawValue: "stake"), at: 9, moved)
            let other = try token(stream, Assets.other)
            #expect(other.heldCost == (try Money("0.3")))
            #expect(other.heldKnown > 0)
            #expect(other.heldKnown + other.heldUnknown == other.detail.movedInQuantity)
            #expect(try token(stream).heldCost == .zero)
        }
    }

    @Test("Quantities reported with different decimals are one quantity")
    func mixedDecimals() throws {
        var stream = Stream()
        stream.transact(.trade, at: 1, try buy("10", for: "100"))
        stream.transact(.trade, at: 2, try sell("4", for: "60"))
        let finer = try Leg.of(.outgoing, Assets.token, "0.000000001", decimals: 9)
        stream.transact(.trade, at: 3, [finer, try Leg.of(.incoming, Self.usdc, "1", price: "1")])
        let numbers = try R2.fold(stream.history())
        let token = try numbers.token(Assets.token)
        #expect(token.decimals == 9)
        #expect(token.heldKnown == 5_999_999_999)
        let sales = numbers.disposals.filter { $0.asset == Assets.token }
        #expect(sales.map(\.quantity) == [4_000_000_000, 1])
        #expect(sales[0].matches[0].quantity == 4_000_000_000)
    }

    @Test("What does not fit 128 bits stops its asset and nothing else")
    func unrepresentable() throws {
        var stream = Stream()
        stream.transact(.trade, at: 1, try buy("10", for: "100"))
        var huge = try Leg.of(.incoming, Assets.other, "1")
        huge.amount = Amount(high: 1, low: 0)
        stream.transact(.trade, at: 2, [huge, try Leg.of(.outgoing, Assets.token, "4", value: "60")])
        stream.transact(.trade, at: 3, [try Leg.of(.outgoing, Self.usdc, "1", price: "1"), huge])
        stream.transact(.trade, at: 4, try sell("6", for: "90"))
        let numbers = try R2.fold(stream.history())
        #expect(try numbers.token(Assets.other).isUnrepresentable)
        #expect(try numbers.token(Assets.other).invested == .zero)
        #expect(numbers.completeness.unrepresentableAssets == 1)
        #expect(try numbers.token(Assets.token).heldCost == .zero)
        #expect(try !numbers.token(Assets.token).isUnrepresentable)
        #expect(numbers.portfolio.trades == 2)
    }

    @Test("A quote asset's missing quantity is reported apart")
    func quoteMissing() throws {
        var stream = Stream()
        stream.transact(.trade, at: 1, try buy("10", for: "100"))
        stream.transact(.trade, at: 2, try sell("11", for: "100"))
        let completeness = try R2.fold(stream.history()).completeness
        #expect(completeness.quoteAssetsWithMissingQuantity == 1)
        #expect(completeness.assetsWithMissingQuantity == 1)
    }

    @Test("A relative window ends with the minute of the request")
    func relativeWindow() {
        let minute: Int64 = 60_000_000
        let day = RelativeWindow.day.interval(endingAt: 10 * 1_440 * minute + 59_999_999)
        #expect(day == 9 * 1_440 * minute..<10 * 1_440 * minute)
        #expect(RelativeWindow.all.interval(endingAt: minute) == .min..<minute)
        #expect(RelativeWindow(rawValue: "1y")?.interval(endingAt: 0).lowerBound == -365 * 1_440 * minute)
    }
}
