import Accounting
import Events
import Testing

/// Which legs become events at which value (domain.md 2.2–2.5), one rule a test.
struct R1TradePairsTests {
    private func flow(_ numbers: WalletNumbers, _ asset: Address) throws -> (bought: Money, sold: Money) {
        let token = try numbers.token(asset)
        return (token.invested, try token.returned.adding(token.proceedsWithoutBasis))
    }

    private func fold(
        _ legs: [Leg], as operation: Operation = .trade, wallet: WalletKey = Stream.wallet
    ) throws -> WalletNumbers {
        var stream = Stream(wallet: wallet)
        stream.transact(operation, at: 1000, legs, hash: "hash")
        return try stream.numbers()
    }

    @Test("B10: all stable legs of a side add up and price the single leg on the other")
    func stableLegsAddUp() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "100", price: "9", value: "900"),
            .of(.outgoing, Assets.dollar, "300", price: "1", value: "300"),
            .of(.outgoing, Assets.dollar, "200", price: "1", value: "200"),
        ])
        #expect(try flow(numbers, Assets.token).bought == Money("500"))
        #expect(try flow(numbers, Assets.dollar).sold == Money("500"))
        #expect(try numbers.token(Assets.dollar).eventCount == 2)
    }

    @Test("What a sale brings in stable coins prices the single leg that went out")
    func stableLegsComeIn() throws {
        let numbers = try fold([
            .of(.outgoing, Assets.token, "100", price: "9", value: "900"),
            .of(.incoming, Assets.dollar, "300", price: "1", value: "300"),
        ])
        #expect(try flow(numbers, Assets.token).sold == Money("300"))
        #expect(try flow(numbers, Assets.dollar).bought == Money("300"))
    }

    @Test("B10: several legs on the other side keep their own prices")
    func severalVolatileLegs() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "100", price: "2", value: "200"),
            .of(.incoming, Assets.token, "50", price: "2"),
            .of(.outgoing, Assets.dollar, "900", price: "1", value: "900"),
        ])
        #expect(try flow(numbers, Assets.token).bought == Money("300"))
    }

    @Test("A value alone gives a price, and a value of nothing for nothing gives no trouble")
    func valueAlone() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "3", value: "1"), .of(.incoming, Assets.token, "0", value: "5"),
            .of(.outgoing, nil, "1"),
        ])
        #expect(try flow(numbers, Assets.token).bought == Money("6"))
        #expect(numbers.openLots[Assets.token]?.map(\.cost) == [try Money("1")])
    }

    @Test("Nothing is priced by a stable side when the other leg is of no quantity")
    func zeroQuantity() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "0"), .of(.outgoing, Assets.dollar, "300", price: "1", value: "300"),
        ])
        #expect(numbers.tokens.map(\.asset) == [Assets.dollar])
    }

    @Test("A trade with one side makes no event and is counted")
    func oneSided() throws {
        let numbers = try fold([.of(.incoming, Assets.token, "100", price: "2")])
        #expect(numbers.tokens.isEmpty)
        #expect(numbers.completeness.oneSided == 1)
    }

    @Test("Acts are paired each on its own")
    func acts() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "100", price: "2", act: "0"),
            .of(.outgoing, Assets.dollar, "300", price: "1", value: "300", act: "1"),
            .of(.incoming, Assets.other, "100", price: "2", act: "1"),
        ])
        #expect(numbers.completeness.oneSided == 1)
        #expect(Set(numbers.tokens.map(\.asset)) == [Assets.dollar, Assets.other])
        #expect(try flow(numbers, Assets.other).bought == Money("300"))
    }

    @Test("A: of three assets with a stable one, each token that stays is its first leg, and what passes through goes")
    func threeAssets() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "100", price: "2", value: "200"),
            .of(.incoming, Assets.token, "50", price: "2", value: "100"),
            .of(.outgoing, Assets.other, "30", price: "5", value: "150"),
            .of(.incoming, Assets.dollar, "10", price: "1", value: "10"),
            .of(.outgoing, Assets.dollar, "10.001", price: "1", value: "10.01"),
        ])
        #expect(try flow(numbers, Assets.token).bought == Money("200"))
        #expect(try flow(numbers, Assets.other).sold == Money("150"))
        #expect(numbers.tokens.count == 2)
    }

    @Test("A: three assets on one side are events, and the trade still counts as one-sided")
    func threeAssetsOneSided() throws {
        let numbers = try fold([
            .of(.outgoing, Assets.token, "100", price: "2"), .of(.outgoing, Assets.other, "30", price: "5"),
            .of(.outgoing, Assets.dollar, "10", price: "1"),
        ])
        #expect(numbers.tokens.count == 3)
        #expect(numbers.completeness.oneSided == 1)
    }

    @Test("B11: legs of mixed directions on the other side keep their own prices")
    func mixedDirections() throws {
        let numbers = try fold([
            .of(.incoming, Assets.token, "100", price: "2"), .of(.own, Assets.token, "10", price: "3"),
            .of(.outgoing, Assets.dollar, "900", price: "1", value: "900"),
        ])
        #expect(try flow(numbers, Assets.token).bought == Money("230"))
    }

    @Test("On EVM chains nothing is stable and no address is an exchange currency, as in the original")
    func nothingIsStableOnEVM() throws {
        let chain = Chain.ethereum
        let dollar = try require(Address(text: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", chain: chain))
        let token = try require(Address(text: "0x1111111111111111111111111111111111111111", chain: chain))
        let numbers = try fold(
            [
                .of(.incoming, token, "100", price: "2", value: "200"),
                .of(.outgoing, dollar, "300", price: "1", value: "300"),
            ], wallet: WalletKey(chain: chain, address: token))
        #expect(try flow(numbers, token).bought == Money("200"))
        #expect(numbers.tokens.allSatisfy { !$0.isExcluded })
    }

    @Test("A send sells what went out; a priced receipt, other operations and spam make no event")
    func operations() throws {
        let out = try Leg.of(.outgoing, Assets.token, "100", price: "2")
        let into = try Leg.of(.incoming, Assets.token, "100", price: "2")
        let sent = try fold([out, into], as: .send)
        #expect(try flow(sent, Assets.token).sold == Money("200"))
        #expect(try sent.token(Assets.token).eventCount == 1)
        #expect(try fold([into], as: .receive).tokens.isEmpty)
        #expect(try fold([into], as: Operation(rawValue: "claim")).tokens.isEmpty)
        var stream = Stream()
        stream.transact(.send, at: 1000, [out], isTrash: true)
        let numbers = try stream.numbers()
        #expect(numbers.tokens.isEmpty)
        #expect(numbers.completeness.trash == 1)
        #expect(numbers.completeness.transactions == 1)
    }

    @Test("A coin with the address \"\" is a token of its own; without address, unidentified and NFTs are left out")
    func addresses() throws {
        var legs = try [AssetName.empty, .absent, .unidentified, .address(Assets.token)].map { name in
            var leg = try Leg.of(.outgoing, Assets.token, "1", price: "2")
            leg.asset = name
            return leg
        }
        legs[3].nft = "7"
        let numbers = try fold(legs, as: .send)
        #expect(numbers.tokens.map(\.asset) == [.empty])
        #expect(numbers.completeness.nonFungibleLegs == 3)
    }

    @Test("B12: a token priced once in a transaction is not priced again; two unpriced legs both are")
    func enrichmentOfDuplicates() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [
                try .of(.incoming, Assets.token, "100", price: "2"), try .of(.incoming, Assets.token, "50"),
                try .of(.incoming, Assets.other, "10"), try .of(.incoming, Assets.other, "20"),
                try .of(.outgoing, nil, "1"),
            ], hash: "swap")
        try stream.observe(Assets.token, "7", second: 1000, transaction: "swap")
        try stream.observe(Assets.other, "7", second: 1000, transaction: "swap")
        let numbers = try stream.numbers()
        #expect(try flow(numbers, Assets.token).bought == Money("200"))
        #expect(try flow(numbers, Assets.other).bought == Money("210"))
        #expect(numbers.completeness.unpricedLegs == 1)
    }

    @Test("Only an observation made for the transaction prices a leg, the nearest one of several")
    func observationForTransaction() throws {
        var stream = Stream()
        let legs = [try Leg.of(.incoming, Assets.token, "100"), try Leg.of(.outgoing, nil, "1")]
        stream.transact(.trade, at: 1000, legs, hash: "swap")
        try stream.observe(Assets.token, "3", second: 1000)
        try stream.observe(Assets.token, "4", second: 1000, transaction: "another")
        #expect(try stream.numbers().tokens.isEmpty)
        try stream.observe(Assets.token, "5", second: 1060, transaction: "swap")
        try stream.observe(Assets.token, "6", second: 990, transaction: "swap")
        #expect(try flow(stream.numbers(), Assets.token).bought == Money("600"))
    }

    @Test("A leg to oneself is bought at its own price but never enriched")
    func ownLeg() throws {
        var stream = Stream()
        let legs = [
            try Leg.of(.own, Assets.token, "100", price: "2"), try Leg.of(.own, Assets.other, "100"),
            try Leg.of(.outgoing, nil, "1"),
        ]
        stream.transact(.trade, at: 1000, legs, hash: "swap")
        try stream.observe(Assets.other, "3", second: 1000, transaction: "swap")
        let numbers = try stream.numbers()
        #expect(numbers.tokens.map(\.asset) == [Assets.token])
        #expect(numbers.completeness.unpricedLegs == 1)
    }
}
