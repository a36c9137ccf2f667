import Events

/// First in, first out over one token's events (domain.md 2.6).
struct R1TokenFold {
    /// What the token came to.
    private(set) var figures: TokenFigures
    /// Sum of the sizes of all proceeds and results: bounds every partial sum of them.
    private(set) var turnover = Money.zero
    private var bought = LotQueue<BoughtLot>()
    private var received = LotQueue<ReceivedLot>()
    private let history: WalletHistory

    private struct BoughtLot {
        var lot: PricedLot
        /// Nothing was sold out of it yet: it costs what was stated, not price times quantity.
        var isWhole = true
    }

    private struct ReceivedLot {
        var time: Int64
        var transaction: Int32
        var quantity: Int128
    }

    /// A token of which nothing happened yet.
    init(_ figures: TokenFigures, history: WalletHistory) {
        self.figures = figures
        self.history = history
    }

    /// Folds events in canonical order; nil, or the index of the first event that does not fit 128 bits.
    ///
    /// Seconds are the original's clock: whatever was acquired in the second of a sale can be sold by it.
    mutating func fold(_ events: [R1Event], into disposals: inout [Disposal]) -> Int? {
        var next = 0
        while next < events.count {
            let second = events[next].second
            let end = events[next...].firstIndex { $0.second != second } ?? events.count
            for isSale in [false, true] {
                for index in next..<end where (events[index].kind == .sell) == isSale {
                    do throws(ArithmeticError) {
                        try apply(events[index], disposals: &disposals)
                    } catch {
                        return index
                    }
                }
            }
            next = end
        }
        return nil
    }

    private mutating func apply(_ event: R1Event, disposals: inout [Disposal]) throws(ArithmeticError) {
        figures.eventCount += 1
        switch event.kind {
        case .buy: try buy(event)
        case .receive: try receive(event)
        case .sell: try sell(event, as: &disposals[Int(event.disposal)])
        }
    }

    private mutating func buy(_ event: R1Event) throws(ArithmeticError) {
        try figures.invested.add(event.value)
        guard event.quantity > 0 else { return }
        try figures.heldKnown.add(event.quantity)
        try figures.heldCost.add(event.value)
        let lot = PricedLot(
            time: event.time, transaction: event.transaction, price: event.price, decimals: figures.decimals,
            quantity: event.quantity, cost: event.value)
        bought.append(BoughtLot(lot: lot))
    }

    private mutating func receive(_ event: R1Event) throws(ArithmeticError) {
        try figures.received.add(event.quantity)
        guard event.quantity > 0 else { return }
        received.append(ReceivedLot(time: event.time, transaction: event.transaction, quantity: event.quantity))
    }

    /// Purchases first, then receipts, then a receipt that is implied (2.6, phases 1 to 3).
    private mutating func sell(_ event: R1Event, as disposal: inout Disposal) throws(ArithmeticError) {
        disposal = Disposal(
            asset: disposal.asset, time: disposal.time, transaction: disposal.transaction, quantity: event.quantity)
        var sale = try R1Sale(event, decimals: figures.decimals)
        while sale.quantity > 0, !bought.isEmpty { try sellBought(&sale, as: &disposal) }
        while sale.quantity > 0, !received.isEmpty { try sellReceived(&sale, as: &disposal) }
        if sale.quantity > 0 { try sellMissing(&sale, as: &disposal) }
    }

    private mutating func sellBought(_ sale: inout R1Sale, as disposal: inout Disposal) throws(ArithmeticError) {
        try figures.heldCost.subtract(bought.first.lot.cost)
        if bought.first.isWhole {
            try bought.first.lot.reprice()
            bought.first.isWhole = false
        }
        let quantity = min(sale.quantity, bought.first.lot.quantity)
        let cost = try bought.first.lot.take(quantity)
        let lot = bought.first.lot
        try figures.heldCost.add(lot.cost)
        try figures.heldKnown.add(-quantity)
        if lot.quantity == 0 { bought.removeFirst() }

        let proceeds = try sale.take(quantity)
        let realised = try proceeds.subtracting(cost)
        let holdSeconds = sale.second - R1.second(ofMicroseconds: lot.time)
        try turnover.add(proceeds.size)
        try turnover.add(realised.size)
        try figures.returned.add(proceeds)
        try figures.realised.add(realised)
        try disposal.proceeds.add(proceeds)
        try disposal.cost.add(cost)
        try disposal.realised.add(realised)
        try figures.addTrade(realised: realised, holdSeconds: holdSeconds)
        disposal.matches.append(
            LotMatch(
                basis: .known, acquiredAt: lot.time, acquisition: history.subject(ofTransaction: lot.transaction),
                quantity: quantity, cost: cost, proceeds: proceeds, realised: realised, holdSeconds: holdSeconds))
    }

    private mutating func sellReceived(_ sale: inout R1Sale, as disposal: inout Disposal) throws(ArithmeticError) {
        let lot = received.first
        let quantity = min(sale.quantity, lot.quantity)
        received.first.quantity -= quantity
        if received.first.quantity == 0 { received.removeFirst() }
        let match = LotMatch(
            basis: .unknown, acquiredAt: lot.time, acquisition: history.subject(ofTransaction: lot.transaction),
            quantity: quantity, cost: .zero, proceeds: try sale.take(quantity), realised: .zero,
            holdSeconds: sale.second - R1.second(ofMicroseconds: lot.time))
        try add(match, to: &disposal)
    }

    /// The original implies a receipt one second before the sale.
    private mutating func sellMissing(_ sale: inout R1Sale, as disposal: inout Disposal) throws(ArithmeticError) {
        let quantity = sale.quantity
        let second: Int64 = 1_000_000
        try figures.received.add(quantity)
        try figures.missing.add(quantity)
        let match = LotMatch(
            basis: .missing, acquiredAt: max(disposal.time, .min + second) - second, acquisition: [],
            quantity: quantity, cost: .zero,
            proceeds: try sale.take(quantity), realised: .zero, holdSeconds: 1)
        try add(match, to: &disposal)
    }

    private mutating func add(_ match: LotMatch, to disposal: inout Disposal) throws(ArithmeticError) {
        try figures.receivedSold.add(match.quantity)
        try figures.proceedsWithoutBasis.add(match.proceeds)
        try turnover.add(match.proceeds.size)
        figures.receiptConsumptions += 1
        disposal.matches.append(match)
    }
}

extension R1TokenFold {
    /// What is left, oldest first; bought before received of the same time.
    var openLots: [OpenLot] {
        var lots: [OpenLot] = []
        var receipts = received.remaining
        for entry in bought.remaining {
            while let receipt = receipts.first, receipt.time < entry.lot.time {
                lots.append(open(receipt))
                receipts.removeFirst()
            }
            lots.append(
                OpenLot(
                    hasKnownBasis: true, acquiredAt: entry.lot.time,
                    acquisition: history.subject(ofTransaction: entry.lot.transaction), quantity: entry.lot.quantity,
                    cost: entry.lot.cost))
        }
        return lots + receipts.map(open)
    }

    private func open(_ receipt: ReceivedLot) -> OpenLot {
        OpenLot(
            hasKnownBasis: false, acquiredAt: receipt.time,
            acquisition: history.subject(ofTransaction: receipt.transaction), quantity: receipt.quantity, cost: .zero)
    }

    /// The figures once nothing more follows, with what is held valued at the latest price (2.6, 11.2).
    func finished(latest: PriceBook.Observation?) -> TokenFigures {
        var finished = figures
        finished.heldUnknown = figures.received - figures.missing - figures.receivedSold
        finished.latestPrice = latest?.price
        finished.latestPriceTime = latest?.time
        finished.latestPriceSource = latest?.source
        finished.unrealised = latest.map { unrealised(at: $0.price) } ?? .zero
        return finished
    }

    /// Zero without a price and for results beyond 100 million USD, which the original takes for an error.
    private func unrealised(at price: DecimalNumber) -> Money {
        guard price.coefficient > 0, figures.heldKnown > 0,
            let worth = try? UnitPrice.digits(price).value(ofBaseUnits: figures.heldKnown, decimals: figures.decimals),
            let result = try? worth.subtracting(figures.heldCost),
            result.units.magnitude <= Money(dollars: 100_000_000).units.magnitude
        else { return .zero }
        return result
    }
}

extension TokenFigures {
    /// Counts a pair of purchase and sale; one without profit or loss is a loss (2.6).
    fileprivate mutating func addTrade(realised: Money, holdSeconds: Int64) throws(ArithmeticError) {
        hold.minimumSeconds = trades == 0 ? holdSeconds : min(hold.minimumSeconds, holdSeconds)
        hold.maximumSeconds = max(hold.maximumSeconds, holdSeconds)
        let (total, overflowed) = hold.totalSeconds.addingReportingOverflow(holdSeconds)
        guard !overflowed else { throw .overflow }
        hold.totalSeconds = total
        trades += 1
        if realised > .zero { wins += 1 } else { losses += 1 }
        streaks.add(realised)
    }
}
