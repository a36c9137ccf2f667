import Events

extension WalletNumbers {
    /// What the disposals from `interval.lowerBound` on and before `interval.upperBound` came to. A window never cuts
    /// an acquisition away: costs are those of the whole history. Throws when a sum leaves 128 bits, which sums of
    /// numbers that `r2` folded never do.
    public func window(_ interval: Range<Int64>) throws(ArithmeticError) -> WindowFigures {
        var kinds: [Address: (isQuote: Bool, isSpam: Bool)] = [:]
        for token in tokens { kinds[token.asset] = (token.detail.isQuote, token.detail.isSpam) }
        var periods: [Address: R2Period] = [:]
        var tokens = R2Period()
        var quote = R2Period()
        var whole = R2Period()
        for disposal in disposals where interval.contains(disposal.time) && disposal.kind != .send {
            try periods[disposal.asset, default: R2Period()].add(disposal)
            if let kind = kinds[disposal.asset], !kind.isSpam {
                if kind.isQuote { try quote.add(disposal) } else { try tokens.add(disposal) }
                try whole.add(disposal)
            }
            guard disposal.kind == .fee, disposal.isPriced, let charged = disposal.chargedTo else { continue }
            let fee = try disposal.proceeds.adding(disposal.proceedsWithoutBasis)
            try periods[charged, default: R2Period()].charge(fee)
            if let kind = kinds[charged], !kind.isSpam {
                if kind.isQuote { try quote.charge(fee) } else { try tokens.charge(fee) }
                try whole.charge(fee)
            }
        }
        var window = WindowFigures(from: interval.lowerBound, to: interval.upperBound)
        window.tokens = tokens.finished
        window.quote = quote.finished
        window.whole = whole.finished
        window.assets = periods.mapValues(\.finished)
        return window
    }
}

/// A period that is still being added up.
private struct R2Period {
    private var figures = PeriodFigures()
    private var hold = R2WeightedHold()

    mutating func add(_ disposal: Disposal) throws(ArithmeticError) {
        guard disposal.isPriced else { return }
        try figures.realised.add(disposal.realised)
        try figures.returned.add(disposal.proceeds)
        try figures.disposedCost.add(disposal.cost)
        try figures.proceedsWithoutBasis.add(disposal.proceedsWithoutBasis)
        guard disposal.isClosedTrade else { return }
        figures.trades += 1
        if disposal.realised > .zero { figures.wins += 1 }
        if disposal.realised < .zero { figures.losses += 1 }
        figures.streaks.add(disposal.realised)
        hold.add(disposal)
    }

    mutating func charge(_ fee: Money) throws(ArithmeticError) { try figures.fees.add(fee) }

    var finished: PeriodFigures {
        var finished = figures
        finished.realisedNet = Money(units: figures.realised.units - figures.fees.units)
        finished.winRateMillionths = Ratio.millionths(
            Int128(figures.wins), of: Int128(figures.wins + figures.losses))
        finished.returnMillionths = Ratio.millionths(figures.realised.units, of: figures.disposedCost.units)
        finished.averageHoldMicroseconds = hold.microseconds ?? 0
        return finished
    }
}
