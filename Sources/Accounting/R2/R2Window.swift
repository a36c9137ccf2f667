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
