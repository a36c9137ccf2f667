import Events

/// Prices for what the provider left unpriced (domain.md 2.5).
extension R1Conversion {
    /// Gives unpriced legs the price observed for their transaction and asset.
    ///
    /// A leg whose token already has an event of the same kind out of this transaction gets none (B12): the original's
    /// key knows neither amount nor index. Two legs that are both unpriced do not stand in each other's way.
    mutating func enrich(_ legs: [Leg], _ order: ArraySlice<Int>, of transaction: R1Transaction, prices: PriceBook) {
        guard legs.contains(where: { $0.price == nil && $0.value == nil }) else { return }
        markConverted(legs)
        for position in order where legTokens[position] >= 0 {
            guard legs[position].price == nil, legs[position].value == nil, case .none = treatments[position],
                let isConverted = isConverted(legs, position, of: transaction)
            else { continue }
            let token = Int(legTokens[position])
            let observation =
                isConverted
                ? nil
                : prices.observation(
                    of: tokens[token].asset, transaction: transaction.index, nearest: transaction.time)
            if let observation {
                treatments[position] = .observed(observation.price)
            } else {
                tokens[token].unpricedLegs += 1
                completeness.unpricedLegs += 1
            }
        }
    }

    /// Whether the leg's price would not be asked for, since it moves nothing or its token has an event already; nil
    /// for a leg that the original does not look at.
    private func isConverted(_ legs: [Leg], _ position: Int, of transaction: R1Transaction) -> Bool? {
        let token = Int(legTokens[position])
        return switch (transaction.kind, legs[position].direction) {
        case (.trade, .incoming): tokens[token].boughtIn == transactionMark
        case (.trade, .outgoing), (.send, .outgoing): tokens[token].soldIn == transactionMark
        case (.receive, .incoming): false
        case (.trade, .own): true
        default: nil
        }
    }

    private mutating func markConverted(_ legs: [Leg]) {
        for position in legs.indices {
            if case .none = treatments[position] { continue }
            let token = Int(legTokens[position])
            if legs[position].direction == .outgoing {
                tokens[token].soldIn = transactionMark
            } else {
                tokens[token].boughtIn = transactionMark
            }
        }
    }
}
