import Events

/// The quote assets by address, one table for all chains (domain.md 11.2, Assets).
enum R2QuoteAssets {
    /// One chain's line of the table.
    struct Row: Sendable {
        /// Symbol of the native coin.
        let symbol: String
        /// The native coin's wrapped form.
        let wrapped: String
        /// USD stablecoins.
        let stablecoins: [String]
    }

    /// The line of a chain.
    static func row(of chain: Chain) -> Row {
        switch chain {
        case .solana: solana
        case .ethereum: ethereum
        case .base: base
        case .binanceSmartChain: binanceSmartChain
        }
    }

    private static let solana = Row(
        symbol: "SOL", wrapped: "So11111111111111111111111111111111111111112",
        stablecoins: [
            "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",  // USDC
            "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",  // USDT
        ])

    private static let ethereum = Row(
        symbol: "ETH", wrapped: "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
        stablecoins: [
            "0x4fabb145d64652a948d72533023f6e7a623c7c53",  // BUSD
            "0x6b175474e89094c44da98b954eedeac495271d0f",  // DAI
            "0x853d955acef822db058eb8505911ed77f175b99e",  // FRAX
            "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",  // USDC
            "0xdac17f958d2ee523a2206206994597c13d831ec7",  // USDT
        ])

    private static let base = Row(
        symbol: "ETH", wrapped: "0x4200000000000000000000000000000000000006",
        stablecoins: [
            "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",  // USDC
            "0xd9aaec86b65d86f6a7b5b1b0c42ffa531710b6ca",  // USDbC
        ])

    private static let binanceSmartChain = Row(
        symbol: "BNB", wrapped: "0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c",
        stablecoins: [
            "0xe9e7cea3dedca5984780bafc599bd69add087d56",  // BUSD
            "0x1af3f329e8be154074d8769d1ffa4ee058b1dbc3",  // DAI
            "0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d",  // USDC
            "0x55d398326f99059ff775485246999027b3197955",  // USDT
        ])
}
