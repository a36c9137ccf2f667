import Events

/// The folded tokens of a wallet.
struct R1Matching {
    /// A token and what bounds its partial sums.
    struct Token {
        /// What `disposalTokens` calls it.
        var index: Int
        /// What it came to.
        var figures: TokenFigures
        /// See `R1TokenFold.turnover`.
        var turnover: Money
        /// What is left of its acquisitions.
        var openLots: [OpenLot]
    }

    /// Tokens with events, by address.
    private(set) var tokens: [Token] = []
    /// Matched sales in canonical order.
    private(set) var disposals: [Disposal]
    /// The token of each sale, 0 ..< `tokenCount`.
    private(set) var disposalTokens: [Int32]
    /// Number of tokens, those without events included.
    let tokenCount: Int

    /// Matches what was converted, token by token.
    init(_ conversion: R1Conversion, history: WalletHistory, prices: PriceBook) {
        disposals = conversion.disposals
        disposalTokens = conversion.disposalTokens
        tokenCount = conversion.tokens.count
        var dropped = Set<Int32>()
        for (index, var token) in conversion.tokens.enumerated() where !token.events.isEmpty || token.isUnrepresentable
        {
            let fold = Self.fold(&token, of: history, into: &disposals)
            dropped.formUnion(token.droppedDisposals)
            let figures = fold.finished(latest: prices.latest(of: token.asset))
            tokens.append(Token(index: index, figures: figures, turnover: fold.turnover, openLots: fold.openLots))
        }
        if !dropped.isEmpty {
            let kept = disposals.indices.filter { !dropped.contains(Int32($0)) }
            disposals = kept.map { disposals[$0] }
            disposalTokens = kept.map { disposalTokens[$0] }
        }
        tokens.sort { $0.figures.asset < $1.figures.asset }
    }

    /// Folds a token. What does not fit ends its figures before it, as if nothing had followed (I8).
    static func fold(
        _ token: inout R1Token, of history: WalletHistory, into disposals: inout [Disposal]
    ) -> R1TokenFold {
        if token.hasMixedDecimals { token.rescaleEvents() }
        var fold = R1TokenFold(figures(of: token, history), history: history)
        while let failed = fold.fold(token.events, into: &disposals) {
            token.cut(at: failed)
            fold = R1TokenFold(figures(of: token, history), history: history)
        }
        return fold
    }

    private static func figures(of token: R1Token, _ history: WalletHistory) -> TokenFigures {
        var figures = TokenFigures(asset: token.asset, symbol: token.symbol(in: history), decimals: token.decimals)
        figures.isUnrepresentable = token.isUnrepresentable
        figures.oneSided = token.oneSided
        figures.unpricedLegs = token.unpricedLegs
        return figures
    }
}

extension R1Token {
    /// The symbol as last reported.
    func symbol(in history: WalletHistory) -> String {
        guard let lastReport else { return "" }
        return history.transactions[Int(lastReport.transaction)].legs[Int(lastReport.leg)].symbol
    }

    /// Brings all events to the most decimals; the first that does not fit ends them.
    mutating func rescaleEvents() {
        for index in events.indices {
            do throws(ArithmeticError) {
                let quantity = try events[index].quantity.rescaled(from: events[index].decimals, to: decimals)
                if case .ratio(let total, _) = events[index].price {
                    events[index].price = .ratio(total, baseUnits: quantity)
                }
                events[index].quantity = quantity
                events[index].decimals = decimals
            } catch {
                cut(at: index)
                return
            }
        }
    }

    /// Ends the events before `index`.
    mutating func cut(at index: Int) {
        isUnrepresentable = true
        droppedDisposals += events[index...].lazy.filter { $0.kind == .sell }.map(\.disposal)
        events.removeSubrange(index...)
    }
}
