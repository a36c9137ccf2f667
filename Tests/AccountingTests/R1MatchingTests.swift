import Accounting
import Events
import Testing

/// FIFO, the latest price, the exchange-currency filter and completeness (domain.md 2.6, 2.7, 11.1).
struct R1MatchingTests {
    @Test("A purchase in the second of a sale is sold by it, whatever their hashes and fractions of a second")
    func sameSecond() throws {
        var stream = Stream()
        try stream.trade(.outgoing, "10", at: "3", second: 1000, hash: "a")
        try stream.trade(.incoming, "10", at: "2", second: 1000, hash: "b")
        guard case .transactionObserved(var late) = stream.records[1].event.body else { return }
        late.minedAt += 999_999
        stream.records[1].event.body = .transactionObserved(late)
        let token = try stream.numbers().token(Assets.token)
        #expect(token.trades == 1)
        #expect(token.realised == (try Money("10")))
        #expect(token.hold.totalSeconds == 0)
    }

    @Test("A lot is what was stated until it is split, then price times quantity")
    func repricing() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [try .of(.incoming, Assets.token, "100", price: "2", value: "201"), try .of(.outgoing, nil, "1")])
        #expect(try stream.numbers().token(Assets.token).heldCost == Money("201"))
        try stream.trade(.outgoing, "40", at: "3", second: 2000)
        let token = try stream.numbers().token(Assets.token)
        #expect(token.invested == (try Money("201")))
        #expect(token.heldCost == (try Money("120")))
        #expect(token.realised == (try Money("40")))
    }

    @Test("Parts of a lot and of a sale add up to the last unit")
    func conservation() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000, [try .of(.incoming, Assets.token, "0.000007", value: "1"), try .of(.outgoing, nil, "1")])
        for second in 0..<7 {
            let legs = [try Leg.of(.outgoing, Assets.token, "0.000001", value: "1"), try Leg.of(.incoming, nil, "1")]
            stream.transact(.trade, at: 2000 + Int64(second), legs)
        }
        let numbers = try stream.numbers()
        let costs = numbers.disposals.flatMap(\.matches).map(\.cost)
        #expect(costs.count == 7)
        #expect(Set(costs).count == 2)
        #expect(try costs.reduce(.zero) { try $0.adding($1) } == Money("1"))
        #expect(try numbers.token(Assets.token).heldCost == .zero)
        #expect(numbers.openLots[Assets.token] == nil)
    }

    @Test("Legs of one token with different decimals are brought to the finest")
    func mixedDecimals() throws {
        var stream = Stream()
        stream.transact(
            .trade, at: 1000,
            [try .of(.incoming, Assets.token, "2", price: "3", decimals: 6), try .of(.outgoing, nil, "1")])
        stream.transact(
            .trade, at: 2000,
            [try .of(.outgoing, Assets.token, "1.5", value: "6", decimals: 9), try .of(.incoming, nil, "1")])
        let numbers = try stream.numbers()
        let token = try numbers.token(Assets.token)
        #expect(token.decimals == 9)
        #expect(token.heldKnown == 500_000_000)
        #expect(token.realised == (try Money("1.5")))
        #expect(numbers.disposals.map(\.quantity) == [1_500_000_000])
    }

    @Test("A trade without profit counts as lost and breaks no run")
    func zeroProfit() throws {
        var stream = Stream()
        try stream.trade(.incoming, "4", at: "2", second: 1000)
        for (index, price) in ["3", "2", "3", "1"].enumerated() {
            try stream.trade(.outgoing, "1", at: price, second: 2000 + Int64(index))
        }
        let numbers = try stream.numbers()
        let token = try numbers.token(Assets.token)
        #expect(token.wins == 2)
        #expect(token.losses == 2)
        #expect(token.streaks.longestWinning == 2)
        #expect(token.streaks.currentWinning == 0)
        #expect(token.streaks.currentLosing == 1)
        #expect(numbers.portfolio.streaks == token.streaks)
        #expect(numbers.portfolio.winRateMillionths == 500_000)
        #expect(token.hold.minimumSeconds == 1000)
        #expect(token.hold.maximumSeconds == 1003)
    }

    @Test("The latest price is the newest observation of any kind; gains beyond 100 million count as none")
    func latestPrice() throws {
        var stream = Stream()
        try stream.trade(.incoming, "100", at: "1", second: 1000)
        #expect(try stream.numbers().token(Assets.token).unrealised == .zero)
        #expect(try stream.numbers().token(Assets.token).latestPrice == nil)
        try stream.observe(Assets.token, "5", second: 2000)
        let entry = PortfolioValued.Entry(
            asset: .address(Assets.token), priceTime: 3_000_000_000, price: try DecimalNumber(text: "6".utf8))
        stream.append(.portfolioValued(PortfolioValued(time: 9_000_000_000, source: "zerion", entries: [entry])))
        try stream.observe(Assets.token, "7", second: 2500, transaction: "hash")
        let token = try stream.numbers().token(Assets.token)
        #expect(token.unrealised == (try Money("500")))
        #expect(token.latestPriceTime == 3_000_000_000)
        #expect(token.latestPriceSource == "zerion")
        try stream.observe(Assets.token, "1000001", second: 4000)
        #expect(try stream.numbers().token(Assets.token).unrealised == Money("100000000"))
        try stream.observe(Assets.token, "1000001.01", second: 5000)
        #expect(try stream.numbers().token(Assets.token).unrealised == .zero)
        try stream.observe(Assets.token, "1e30", second: 6000)
        #expect(try stream.numbers().token(Assets.token).unrealised == .zero)
    }

    @Test("Exchange currencies are folded but left out of the portfolio, by address and by pattern")
    func exchangeCurrencies() throws {
        var stream = Stream()
        for asset in [Assets.token, Assets.other, Assets.dollar] {
            let isQuick = asset == Assets.other
            try stream.trade(.incoming, "1", of: asset, at: "1", second: 1000)
            try stream.trade(.outgoing, "1", of: asset, at: isQuick ? "1.0099" : "2", second: isQuick ? 1005 : 1100_000)
        }
        let numbers = try stream.numbers()
        #expect(numbers.tokens.filter(\.isExcluded).map(\.asset).sorted() == [Assets.other, Assets.dollar].sorted())
        #expect(numbers.portfolio.realised == (try Money("1")))
        #expect(numbers.portfolio.tokensAnalysed == 3)
        #expect(numbers.portfolio.uniqueTokens == 1)
        #expect(numbers.portfolio.eventsProcessed == 6)
        #expect(numbers.daily.count == 1)
        #expect(numbers.daily.map(\.day) == [12])
        #expect(numbers.daily.map(\.volume) == [try Money("2")])
        #expect(numbers.disposals.count == 3)
    }

    @Test("A match names its lot: bought, received or implied one second before the sale")
    func matches() throws {
        var stream = Stream()
        try stream.trade(.incoming, "1", at: "1", second: 1000, hash: "buy")
        try stream.receive("1", second: 1100)
        try stream.trade(.outgoing, "3", at: "2", second: 2000, hash: "sale")
        let disposal = try require(try stream.numbers().disposals.first)
        #expect(disposal.transaction == Array("sale".utf8))
        #expect(disposal.matches.map(\.basis) == [.known, .unknown, .missing])
        #expect(disposal.matches.map(\.acquiredAt) == [1_000_000_000, 1_100_000_000, 1_999_000_000])
        #expect(disposal.matches.map(\.acquisition) == ["buy", "receipt1", ""].map { Array($0.utf8) })
        #expect(disposal.matches.map(\.holdSeconds) == [1000, 900, 1])
        #expect(disposal.matches.map(\.proceeds) == [try Money("2"), try Money("2"), try Money("2")])
        #expect(disposal.cost == (try Money("1")))
        #expect(disposal.proceeds == (try Money("2")))
        #expect(disposal.realised == (try Money("1")))
    }

    @Test("Open lots are listed oldest first, bought and received together")
    func openLots() throws {
        var stream = Stream()
        try stream.receive("1", second: 1500)
        try stream.trade(.incoming, "1", at: "1", second: 2000)
        try stream.trade(.incoming, "1", at: "1", second: 1000)
        let lots = try require(try stream.numbers().openLots[Assets.token])
        #expect(lots.map(\.acquiredAt) == [1_000_000_000, 1_500_000_000, 2_000_000_000])
        #expect(lots.map(\.hasKnownBasis) == [true, false, true])
    }

    @Test("Completeness counts what is missing and joins coverage")
    func completeness() throws {
        var stream = Stream()
        let refused = TransactionRefused(
            identity: TransactionIdentity(hash: Array("bad".utf8)), code: .invalidNumber, detail: "value")
        stream.append(.transactionRefused(refused))
        try stream.trade(.outgoing, "1", at: "2", second: 1000)
        for (from, to, limit, reason) in [
            (500, 900, 10, CoverageRecorded.StopReason.limit), (800, 2000, 20, .window),
        ] as [(Int64, Int64, UInt64, CoverageRecorded.StopReason)] {
            stream.append(
                .coverageRecorded(
                    CoverageRecorded(
                        source: "zerion", from: from, to: to, reachedBeginning: false, stopReason: reason, count: 1,
                        timeframe: "\(to)d", limit: limit)))
        }
        let completeness = try stream.numbers().completeness
        #expect(completeness.refused == 1)
        #expect(completeness.transactions == 1)
        #expect(completeness.assetsWithMissingQuantity == 1)
        #expect(completeness.proceedsWithoutBasis == (try Money("2")))
        #expect(completeness.coveredFrom == 500)
        #expect(completeness.coveredTo == 2000)
        #expect(completeness.stopReason == .limit)
        #expect(completeness.timeframe == "2000d")
        #expect(completeness.limit == 20)
        #expect(!completeness.reachedBeginning)

        // A later good decode of the refused transaction supersedes it, a retraction drops what was observed.
        let good = TransactionObserved(
            identity: refused.identity, minedAt: 0, operation: .send,
            legs: [try .of(.outgoing, Assets.other, "1", price: "1")])
        stream.append(.transactionObserved(good), revision: 2)
        #expect(try stream.numbers().completeness.refused == 0)
        #expect(try stream.numbers().tokens.count == 2)
        stream.append(.transactionRetracted(TransactionRetracted(identity: refused.identity, reason: "")), revision: 3)
        #expect(try stream.numbers().tokens.count == 1)
        #expect(try stream.numbers().completeness.transactions == 1)
    }
}
