import Events

/// Which assets `r1` knows and which it treats apart.
extension R1 {
    /// The address an event of this asset is booked under; nil drops the movement (domain.md 2.2).
    ///
    /// A missing address drops a native coin; the address "" is a token of its own, with the empty address (3.1.1).
    static func asset(named name: AssetName) -> Address? {
        switch name {
        case .address(let address): address
        case .empty: .empty
        case .absent, .unidentified: nil
        }
    }

    /// Assets whose value prices the other side of a trade (2.4, STABLE_CURRENCIES).
    ///
    /// Solana only. The original lists EVM assets as well, in checksummed spelling, and compares them with the
    /// lower-case spelling that its provider delivers: on EVM chains it recognises nothing, and so does this rule set.
    static let stableCurrencies = addresses([
        "So11111111111111111111111111111111111111112",  // wSOL
        "11111111111111111111111111111111",  // SOL
        "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",  // USDC
        "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",  // USDT
        "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU",  // USDC of the development network
        "mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So",  // mSOL
        "7dHbWXmci3dT8UFYWYZweBLXgycu7Y3iL6trKn1Y7ARj",  // stSOL
        "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn",  // jitoSOL
    ])

    /// Assets left out of the portfolio (2.7): a shorter list, and Solana only for the reason given above.
    static let exchangeCurrencies = addresses([
        "So11111111111111111111111111111111111111112",  // wSOL
        "11111111111111111111111111111111",  // SOL
        "11111111111111111111111111111112",  // SOL as a variant spells it
        "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",  // USDT
        "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",  // USDC
    ])

    /// Whether a token is left out of results and aggregates: by its address, or by trades of no time and no money,
    /// which can hit a genuine quick trade as well (2.7).
    static func isExchangeCurrency(_ figures: TokenFigures, chain: Chain) -> Bool {
        if chain == .solana, exchangeCurrencies.contains(figures.asset) { return true }
        let isHeldBriefly = figures.hold.totalSeconds < 6 * figures.trades
        let isWithoutProfit = figures.realised.units.magnitude < Money.unitsPerDollar.magnitude / 100
        return figures.trades > 0 && isHeldBriefly && isWithoutProfit
    }

    private static func addresses(_ texts: [String]) -> Set<Address> {
        Set(texts.compactMap { Address(text: $0, chain: .solana) })
    }
}
