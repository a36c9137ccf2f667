import Events

/// What is served of a fold that has reached its end: values what is held and adds assets up (domain.md 11.2,
/// Unrealised and Portfolio).
enum R2Outcome {
    /// Everything a generation stores about the wallet.
    static func numbers(of fold: R2Fold, in stream: R2Stream) -> WalletNumbers {
        var numbers = WalletNumbers()
        numbers.completeness = fold.state.completeness
        numbers.completeness.refused = stream.refused
        stream.coverage.write(to: &numbers.completeness)
        numbers.disposals = disposals(of: fold)
        numbers.daily = fold.state.days
        var sums = R2Sums()
        for (index, entry) in fold.state.table.entries.enumerated()
        where entry.isListed && index < fold.state.assets.count {
            let asset = fold.state.assets[index]
            var figures = figures(of: asset, entry, in: stream.context)
            if !figures.detail.isSpam { sums.add(&figures, hold: asset.hold) }
            numbers.completeness.count(figures)
            let lots = asset.lots.remaining
            if !lots.isEmpty {
                numbers.openLots[figures.asset] = lots.map { OpenLot($0, acquisitions: fold.state.acquisitions) }
            }
            numbers.tokens.append(figures)
        }
        numbers.tokens.sort { $0.asset < $1.asset }
        numbers.portfolio = sums.portfolio(of: fold.state)
        numbers.portfolio.tokensAnalysed = Int64(numbers.tokens.count)
        numbers.portfolio.copyTrading = CopyTradingFigures(over: numbers.tokens)
        return numbers
    }

    /// Disposals, all in the decimals that hold at the end.
    private static func disposals(of fold: R2Fold) -> [Disposal] {
        guard !fold.state.refinements.isEmpty else { return fold.disposals }
        var disposals = fold.disposals
        for refinement in fold.state.refinements {
            for index in 0..<refinement.disposalCount where disposals[index].asset == refinement.asset {
                disposals[index].refine(by: refinement.factor)
            }
        }
        return disposals
    }

    private static func figures(
        of asset: R2AssetState, _ entry: R2AssetTable.Entry, in context: R2Context
    ) -> TokenFigures {
        var figures = asset.figures
        figures.symbol = entry.symbol
        figures.heldKnown = asset.lots.knownQuantity
        figures.heldCost = asset.lots.knownCost
        figures.heldUnknown = asset.lots.unknownQuantity
        figures.hold.weightedMicroseconds = asset.hold.microseconds ?? 0
        let mark = context.corrections.isSpam(entry.identity)
        figures.detail.isSpam = mark ?? figures.isOnlySpam
        figures.isExcluded = entry.isQuote || figures.detail.isSpam
        figures.detail.realisedNet = Money(units: figures.realised.units - figures.detail.fees.units)
        value(&figures, in: context)
        return figures
    }

    /// Latest price times what is held at a known cost, minus that cost; nil without a price, zero without a holding.
    private static func value(_ figures: inout TokenFigures, in context: R2Context) {
        if let price = context.corrections.latestPrice(of: figures.asset) {
            figures.latestPrice = price
            figures.latestPriceSource = "correction"
        } else if let latest = context.prices.latest(of: figures.asset) {
            figures.latestPrice = latest.price
            figures.latestPriceTime = latest.time
            figures.latestPriceSource = latest.source
        }
        figures.unrealised = figures.heldKnown == 0 ? .zero : nil
        figures.detail.total = figures.realised
        guard figures.heldKnown > 0, let price = figures.latestPrice else { return }
        do throws(ArithmeticError) {
            let worth = try UnitPrice.digits(price).value(ofBaseUnits: figures.heldKnown, decimals: figures.decimals)
            let unrealised = try worth.subtracting(figures.heldCost)
            figures.detail.total = try figures.realised.adding(unrealised)
            figures.unrealised = unrealised
        } catch {
            figures.isUnrepresentable = true
        }
    }
}

extension Disposal {
    /// Multiplies the quantities by a power of ten; the caller knows that they fit.
    fileprivate mutating func refine(by factor: Int128) {
        quantity *= factor
        for index in matches.indices { matches[index].quantity *= factor }
    }
}

extension OpenLot {
    fileprivate init(_ lot: Lot, acquisitions: [[UInt8]]) {
        self.init(
            hasKnownBasis: lot.hasKnownBasis, acquiredAt: lot.acquiredAt, acquisition: acquisitions[Int(lot.sequence)],
            quantity: lot.quantity, cost: lot.cost)
        origin = Origin(lot.origin)
    }
}

extension OpenLot.Origin {
    fileprivate init(_ origin: Lot.Origin) {
        switch origin {
        case .swap: self = .swap
        case .receive: self = .receive
        case .unpriced: self = .unpriced
        case .move: self = .move
        }
    }
}

extension Completeness {
    /// Adds what an asset lacks.
    fileprivate mutating func count(_ figures: TokenFigures) {
        if figures.isUnrepresentable { unrepresentableAssets += 1 }
        if figures.detail.isSpam {
            spamAssets += 1
            return
        }
        unpricedLegs += figures.unpricedLegs
        unpricedFees += figures.detail.unpricedFees
        transfersWithoutValue += figures.detail.transfersWithoutValue
        if figures.unrealised == nil { unrealisedWithoutPrice += 1 }
        guard figures.missing > 0 else { return }
        if figures.detail.isQuote {
            quoteAssetsWithMissingQuantity += 1
        } else {
            assetsWithMissingQuantity += 1
        }
    }
}
