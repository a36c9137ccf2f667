/// Ledgers written by hand: two wallets on two chains, of which tests change a piece.
enum LedgerText {
    static let header = "time,chain,wallet,transaction,operation,direction,asset,symbol,quantity,price_usd,value_usd"
    static let ethereumWallet = "0xa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"
    static let solanaWallet = PageText.wallet
    static let token = "0x73746f636b777777777777777777777777777777"
    static let usdc = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"

    static let bought = """
        2025-01-01T12:00:00Z,ethereum,\(ethereumWallet),tx-1,trade,in,\(token),STOCK,5,,
        2025-01-01T12:00:00Z,ethereum,\(ethereumWallet),tx-1,trade,out,\(usdc),USDC,500,1,

        """
    static let sold = """
        2025-01-02T12:00:00Z,ethereum,\(ethereumWallet),tx-2,trade,out,\(token),STOCK,5,,
        2025-01-02T12:00:00Z,ethereum,\(ethereumWallet),tx-2,trade,in,\(usdc),USDC,800,1,

        """
    static let received = """
        2025-01-03T12:00:00Z,solana,\(solanaWallet),tx-3,receive,in,\(PageText.token),KICK,7.5,,

        """
    static let price = """
        2025-01-04T12:00:00Z,ethereum,,,price,,\(token),,,3.25,

        """

    static func file(_ rows: String...) -> [UInt8] { Array((header + "\n" + rows.joined()).utf8) }
}
