import Events

/// A period that is still being added up.
struct R2Period {
    private var figures = PeriodFigures()
    private var hold = R2WeightedHold()

    /// Adds a disposal; one without a price has no result.
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

    /// Adds a fee.
    mutating func charge(_ fee: Money) throws(ArithmeticError) { try figures.fees.add(fee) }

    /// The figures with their ratios.
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
