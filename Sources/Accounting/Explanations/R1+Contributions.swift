public import Events

extension R1 {
    /// What each transaction adds to an asset's figures, in canonical order; folds that asset once more.
    public static func contributions(to asset: Address, in history: WalletHistory) -> [AssetContribution] {
        let stream = R1Stream(history)
        var conversion = R1Conversion(chain: history.wallet.chain, capacity: stream.order.count)
        for index in stream.order { conversion.convert(index, of: history, prices: stream.prices) }
        guard var token = conversion.tokens.first(where: { $0.asset == asset }) else { return [] }
        var disposals = conversion.disposals
        _ = R1Matching.fold(&token, of: history, into: &disposals)
        var contributions: [AssetContribution] = []
        for event in token.events {
            var contribution = AssetContribution(
                transaction: history.subject(ofTransaction: event.transaction), time: event.time)
            switch event.kind {
            case .buy: contribution.invested = event.value
            case .sell: contribution.missing = disposals[Int(event.disposal)].missingQuantity
            case .receive: break
            }
            if !contribution.isEmpty { contributions.append(contribution) }
        }
        return contributions
    }
}
