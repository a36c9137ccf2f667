import Events
import Testing

@Suite struct ChainTests {
    @Test(
        "Every alias names its chain, ignoring case and surrounding blanks",
        arguments: [
            ("solana", Chain.solana), ("sol", .solana), ("SOL", .solana), (" Solana\n", .solana),
            ("ethereum", .ethereum), ("eth", .ethereum), ("ETH", .ethereum), ("base", .base), ("\tBase ", .base),
            ("binance", .binanceSmartChain), ("bsc", .binanceSmartChain), ("bnb", .binanceSmartChain),
            ("binance-smart-chain", .binanceSmartChain), ("Binance Smart Chain", .binanceSmartChain),
        ])
    func aliases(text: String, chain: Chain) {
        #expect(Chain(alias: text) == chain)
    }

    @Test(
        "Any other chain is refused",
        arguments: ["polygon", "avalanche", "unknown", "", " ", "so l", "solana1", "binance  smart chain"])
    func unknown(text: String) {
        #expect(Chain(alias: text) == nil)
    }

    @Test("A chain's own name is one of its aliases, and its stored number is fixed", arguments: Chain.allCases)
    func names(chain: Chain) {
        #expect(Chain(alias: chain.name) == chain)
        let stored: [Chain: Int16] = [.solana: 1, .ethereum: 2, .base: 3, .binanceSmartChain: 4]
        #expect(stored[chain] == chain.rawValue)
        #expect(chain.addressByteCount == (chain == .solana ? 32 : 20))
    }
}
