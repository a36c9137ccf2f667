import Accounting
import Events
import Testing

/// A wallet's numbers are a function of the set of its events (I3).
struct OrderIndependenceTests {
    @Test("1,200 random histories give the same numbers shuffled, doubled and split", arguments: 0..<12)
    func anyOrder(part: UInt64) throws {
        for seed in (part * 100)..<(part * 100 + 100) {
            var random = RandomHistory(seed: seed)
            let stream = random.stream()
            let expected = try stream.numbers()
            try expectConsistent(expected, seed: seed)

            var generator = SeededGenerator(seed: seed ^ 0xFFFF)
            var shuffled = stream.records + stream.records.filter { _ in generator.once(in: 3) }
            shuffled.shuffle(using: &generator)
            var history = WalletHistory(wallet: stream.wallet)
            for record in shuffled {
                history.insert(record)
                // Folding in between, as a batch would, changes nothing.
                if generator.once(in: 10) { _ = try R1.fold(history) }
            }
            try #require(try R1.fold(history) == expected, "seed \(seed)")
            // Only winners are kept, and they alone give the same numbers.
            let winners = Array(history.events)
            try #require(Set(winners.map { EventSubject(of: $0.event.body) }).count == winners.count)
            try #require(try R1.fold(stream.history(winners.shuffled(using: &generator))) == expected, "seed \(seed)")
            try #require(
                Set(winners) == Set(stream.history(stream.records.reversed()).events), "seed \(seed)")
        }
    }

    private func expectConsistent(_ numbers: WalletNumbers, seed: UInt64) throws {
        for token in numbers.tokens {
            let known = (numbers.openLots[token.asset] ?? []).filter(\.hasKnownBasis)
            try #require(known.reduce(0) { $0 + $1.quantity } == token.heldKnown, "seed \(seed)")
            try #require(try known.reduce(.zero) { try $0.adding($1.cost) } == token.heldCost, "seed \(seed)")
            try #require(token.heldKnown != 0 || token.heldCost == .zero, "seed \(seed)")
            let matches = numbers.disposals.filter { $0.asset == token.asset }.flatMap(\.matches)
            let bought = matches.filter { $0.basis == .known }
            try #require(Int64(bought.count) == token.trades, "seed \(seed)")
            try #require(try bought.reduce(.zero) { try $0.adding($1.realised) } == token.realised, "seed \(seed)")
            try #require(try bought.reduce(.zero) { try $0.adding($1.proceeds) } == token.returned, "seed \(seed)")
        }
        for disposal in numbers.disposals {
            let taken = disposal.matches.reduce(0) { $0 + $1.quantity }
            try #require(taken == disposal.quantity, "seed \(seed)")
        }
        let daily = try numbers.daily.reduce(Money.zero) { try $0.adding($1.realised) }
        try #require(daily == numbers.portfolio.realised, "seed \(seed)")
        try #require(numbers.daily.reduce(0) { $0 + $1.trades } == numbers.portfolio.trades, "seed \(seed)")
    }
}

/// Makes up histories in which everything that can collide does.
struct RandomHistory {
    private var generator: SeededGenerator
    private static let assets: [AssetName] = [
        .address(Assets.token), .address(Assets.other), .address(Assets.third), .address(Assets.solana),
        .address(Assets.dollar), .empty, .absent, .unidentified,
    ]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func stream() -> Stream {
        var stream = Stream()
        for _ in 0..<(4 + generator.next() % 24) {
            stream.append(body(), revision: 1 + generator.next() % 3, digest: UInt8(generator.next() % 3))
        }
        return stream.withDistinctDigests()
    }

    private mutating func body() -> Event.Body {
        switch generator.next() % 16 {
        case 0: .transactionRetracted(TransactionRetracted(identity: identity(), reason: "reorganisation"))
        case 1: .transactionRefused(TransactionRefused(identity: identity(), code: .invalidNumber, detail: "value"))
        case 2, 3: .priceObserved(price())
        case 4:
            .portfolioValued(
                PortfolioValued(
                    time: time(), source: "zerion",
                    entries: [.init(asset: generator.pick(Self.assets), priceTime: time(), price: number())]))
        case 5:
            .coverageRecorded(
                CoverageRecorded(
                    source: generator.pick(["zerion", "file"]), from: time(), to: time(), reachedBeginning: false,
                    stopReason: generator.pick([.limit, .window]), count: generator.next() % 9))
        default: .transactionObserved(transaction())
        }
    }

    private mutating func transaction() -> TransactionObserved {
        let operations: [Operation] = [.trade, .trade, .trade, .send, .receive, Operation(rawValue: "mint")]
        return TransactionObserved(
            identity: identity(), minedAt: time(), isTrash: generator.once(in: 12),
            operation: generator.pick(operations),
            legs: (0..<(1 + generator.next() % 5)).map { _ in leg() })
    }

    private mutating func leg() -> Leg {
        let isAbsurd = generator.once(in: 60)
        let amount =
            isAbsurd ? Amount(high: 1, low: 0) : Amount(low: UInt128(generator.next() % 5_000) * 1_000_000)
        let isPriced = !generator.once(in: 3)
        return Leg(
            act: generator.pick(["0", "0", "0", "1"]),
            direction: generator.pick([.incoming, .outgoing, .outgoing, .own]),
            asset: generator.pick(Self.assets), nft: generator.once(in: 20) ? "7" : nil,
            symbol: generator.pick(["A", "B"]), amount: amount, decimals: generator.once(in: 15) ? 9 : 6,
            price: isPriced ? number() : nil, value: isPriced && !generator.once(in: 3) ? number() : nil)
    }

    private mutating func price() -> PriceObserved {
        PriceObserved(
            asset: generator.pick(Self.assets), time: time(), source: generator.pick(["birdeye", "zerion"]),
            transaction: generator.once(in: 4) ? nil : identity().hash, price: number())
    }

    private mutating func identity() -> TransactionIdentity {
        TransactionIdentity(hash: Array("hash\(generator.next() % 12)".utf8))
    }

    /// Few seconds, so that many fall together, and now and then less than a second apart.
    private mutating func time() -> Int64 {
        Int64(generator.next() % 8) * 40_000_000_000 + (generator.once(in: 4) ? 500_000 : 0)
    }

    private mutating func number() -> DecimalNumber {
        if generator.once(in: 40) { return DecimalNumber(coefficient: Int128(generator.next()), exponent: 1) }
        return DecimalNumber(coefficient: Int128(generator.next() % 100_000), exponent: generator.pick([-2, -5, -12]))
    }
}

extension Stream {
    /// Gives equal digests to equal contents only, as SHA-256 does.
    fileprivate func withDistinctDigests() -> Stream {
        var stream = self
        var numbers: [Event.Body: UInt8] = [:]
        for index in stream.records.indices {
            let body = stream.records[index].event.body
            let number = numbers[body] ?? UInt8(numbers.count)
            numbers[body] = number
            let first = stream.records[index].event.digest[0]
            let bytes = [first, number] + [UInt8](repeating: 0, count: 30)
            stream.records[index].event.digest = Digest(bytes: bytes)!
        }
        return stream
    }
}
