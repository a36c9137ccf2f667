import Accounting
import Events
import Testing

/// Rule set r1 on real pages, against figures of an independent implementation (domain.md 2, 11.1).
struct R1RecordedPagesTests {
    private let pages = RecordedPages()

    @Test(
        "The recorded pages give the recorded figures of every token",
        arguments: [
            ("txs", false), ("assliquid", false), ("assliquid", true), ("kick_raw_zerion_txs", false),
            ("kick_raw_zerion_txs", true),
        ])
    func figuresOfPage(page: String, isEnriched: Bool) throws {
        var stream = Stream()
        for transaction in try pages.transactions(page) { stream.append(.transactionObserved(transaction)) }
        if isEnriched { for price in try pages.prices(page) { stream.append(.priceObserved(price)) } }
        let numbers = try stream.numbers()
        let expected = try pages.json("expected-r1/\(page)\(isEnriched ? ".enriched" : "").json")

        #expect(numbers.completeness.transactions == expected["transactions"].integer)
        #expect(numbers.completeness.oneSided == expected["incomplete_trades"].integer)
        #expect(numbers.portfolio.eventsProcessed == expected["events"].integer)
        #expect(numbers.tokens.count == expected["tokens"].members.count)
        for (address, figures) in expected["tokens"].members {
            let token = try numbers.token(require(Address(text: address, chain: .solana)))
            try expect(token, equals: figures)
            let lots = numbers.openLots[token.asset] ?? []
            #expect(lots.lazy.filter(\.hasKnownBasis).map(\.quantity).reduce(0, +) == token.heldKnown)
            #expect(token.heldKnown != 0 || token.heldCost == .zero)
        }
    }

    private func expect(_ token: TokenFigures, equals figures: ExactJSON) throws {
        #expect(token.symbol == figures["symbol"].string)
        #expect(token.eventCount == figures["events"].integer)
        #expect(token.trades == figures["total_trades"].integer)
        #expect(token.wins == figures["winning_trades"].integer)
        #expect(token.losses == token.trades - token.wins)
        #expect(token.receiptConsumptions == figures["receive_consumptions"].integer)
        for (money, name) in [
            (token.realised, "realized_pnl_usd"), (token.invested, "total_invested_usd"),
            (token.returned, "total_returned_usd"), (token.heldCost, "total_cost_basis_usd"),
        ] {
            let wanted = try Money(rounding: require(figures[name].decimal))
            #expect(money.isClose(to: wanted), "\(token.symbol) \(name): \(money) is not \(wanted)")
        }
        for (quantity, name) in [
            (token.heldKnown, "bought_quantity"), (token.heldUnknown, "received_quantity"),
        ] {
            let wanted = try require(figures[name].decimal)
            let held = DecimalNumber(coefficient: quantity, exponent: -Int32(token.decimals))
            #expect(held == wanted, "\(token.symbol) \(name)")
        }
        // Minutes a trade, compared through the sum of seconds.
        let minutes = try Money(rounding: require(figures["avg_hold_time_minutes"].decimal))
        let total = Money(units: minutes.units * 60 * Int128(token.trades))
        #expect(Money(units: Int128(token.hold.totalSeconds) * Money.unitsPerDollar).isClose(to: total))
    }
}
