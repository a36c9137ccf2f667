import Events

/// Events as version 1 of this system wrote them, spelled out beside the files in `Golden/v1`.
///
/// Files are only ever added, never changed or removed: the log keeps such bytes for good. An event with a field that
/// is new gets a file of its own in the folder of the version that wrote it first.
struct GoldenEvent: Sendable {
    let file: String
    let body: Event.Body
    var revision: UInt64 = 1
    var wallet: WalletKey? = GoldenEvent.wallet
    var payload: LogPosition?
    /// The event's id: with it pinned, no appender ever takes a known fact for a new one (I2).
    let id: String

    private static let solana = Address(text: "So11111111111111111111111111111111111111112", chain: .solana)!
    private static let evm = Address(text: "0xd8da6bf26964af9d7eed9e03e53415d37aa96045", chain: .ethereum)!
    private static let wallet = WalletKey(
        chain: .solana, address: Address(text: "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG", chain: .solana)!)
    private static let evmWallet = WalletKey(chain: .ethereum, address: evm)
    private static let hash = Array("5wHu1qwD7q4H7n1YNfTZ7Fk2yYb4bZ6fRk3V".utf8)
    private static let time: Int64 = 1_758_556_123_000_000

    static let v1: [GoldenEvent] = transactions + facts + decisions + jobs

    private static let transactions: [GoldenEvent] = [
        GoldenEvent(
            file: "transaction-observed-swap",
            body: .transactionObserved(
                TransactionObserved(
                    identity: TransactionIdentity(hash: hash, providerID: Array("756f9886-2dd6-5572".utf8)),
                    minedAt: time, block: 0, nonce: 0, sender: wallet.address, operation: .trade,
                    legs: [
                        Leg(
                            act: "0", direction: .incoming, asset: .address(solana), symbol: "SOL",
                            amount: Amount(low: 4_711_328_972), decimals: 9,
                            price: DecimalNumber(coefficient: 220_518_100_503, exponent: -9),
                            value: DecimalNumber(coefficient: 10_389_333_157_501_915, exponent: -13)),
                        Leg(
                            act: "0", direction: .outgoing, asset: .address(wallet.address), symbol: "KICK",
                            amount: Amount(low: 4_350_342_651_441), decimals: 6),
                    ],
                    fee: Leg(
                        direction: .outgoing, asset: .address(solana), symbol: "SOL", amount: Amount(low: 10_463),
                        decimals: 9, price: DecimalNumber(coefficient: 220_518, exponent: -3),
                        value: DecimalNumber(coefficient: 23, exponent: -4)))),
            payload: LogPosition(topic: .providerPayloads, partition: 15, offset: 123_456_789_012),
            id: "e295998ef6fb6e74e31332694892b5103d73f655b5f5139b02dfc0d8642f2b04"),
        GoldenEvent(
            file: "transaction-observed-everything",
            body: .transactionObserved(
                TransactionObserved(
                    identity: TransactionIdentity(hash: [], providerID: Array("c0ffee".utf8)), minedAt: -1,
                    block: .max, nonce: 300, sender: evm, status: .failed, isTrash: true,
                    operation: Operation(rawValue: "execute"),
                    legs: [
                        Leg(
                            act: "a", direction: .own, asset: .absent, nft: "", symbol: "🪙 e\u{301}\u{200b}",
                            amount: Amount(high: .max, low: .max), decimals: 77,
                            price: DecimalNumber(coefficient: .min, exponent: -400), value: .zero),
                        Leg(
                            act: "b", direction: .incoming, asset: .empty, nft: "8520", amount: .zero, decimals: 0,
                            value: DecimalNumber(coefficient: .max, exponent: 400)),
                        Leg(direction: .outgoing, asset: .unidentified, amount: Amount(low: 128), decimals: 18),
                        Leg(direction: .outgoing, asset: .address(evm), amount: Amount(low: 1), decimals: 18),
                    ],
                    acts: [
                        Act(id: "a", operation: .send), Act(id: "b", operation: .receive),
                        Act(id: "", operation: Operation(rawValue: "")),
                    ],
                    replacedTexts: 2)),
            revision: .max, wallet: evmWallet, payload: LogPosition(topic: .jobs, partition: .max, offset: .max),
            id: "929559e6c27e1693cfac292647379f09cea595e7c0a54d9cb3e6f21167dba594"),
        GoldenEvent(
            file: "transaction-observed-least",
            body: .transactionObserved(
                TransactionObserved(
                    identity: TransactionIdentity(hash: [0]), minedAt: 0, status: .pending,
                    operation: Operation(rawValue: ""), legs: [])),
            id: "0ed314a3a3c9942bdcbf39f6d44b32fc5c6073796e2864ce3ff16754b381a93c"),
        GoldenEvent(
            file: "transaction-retracted",
            body: .transactionRetracted(
                TransactionRetracted(identity: TransactionIdentity(hash: hash), reason: "reorganised")),
            revision: 2, id: "335230a2e757ae13d592819225604b5d9f7bc206f857e9bb874e0bbf5491120b"),
        GoldenEvent(
            file: "transaction-refused",
            body: .transactionRefused(
                TransactionRefused(
                    identity: TransactionIdentity(hash: hash, providerID: [1]), code: .negativeQuantity,
                    detail: "transfers[0].quantity.int: -1", minedAt: time)),
            payload: LogPosition(topic: .providerPayloads, partition: 0, offset: 0),
            id: "0c89ce41bca3aedba4713163674a446240da6bec41092d81bc67af2f57a5638f"),
    ]

    private static let facts: [GoldenEvent] = [
        GoldenEvent(
            file: "price-observed",
            body: .priceObserved(
                PriceObserved(
                    asset: .address(solana), time: time, source: "birdeye", transaction: hash,
                    price: DecimalNumber(coefficient: 238_816, exponent: -9))),
            id: "8cd4b6ae716708ad89d0b436b81faf0634a47d606130313a7c0e9466867ed559"),
        GoldenEvent(
            file: "price-observed-native",
            body: .priceObserved(
                PriceObserved(
                    asset: .empty, time: time, source: "file", transaction: nil,
                    price: DecimalNumber(coefficient: -5, exponent: 2))),
            revision: 7, wallet: evmWallet, id: "85f7cb168e84c4c643162cae9de406aef650c66f16d2b105a0a1595c456e40b1"),
        GoldenEvent(
            file: "portfolio-valued",
            body: .portfolioValued(
                PortfolioValued(
                    time: time, source: "zerion",
                    entries: [
                        PortfolioValued.Entry(
                            asset: .address(solana), priceTime: time - 1,
                            price: DecimalNumber(coefficient: 2205, exponent: -1)),
                        PortfolioValued.Entry(asset: .absent, priceTime: 0, price: .zero),
                    ])),
            id: "8441e9c88dcf80b5a4cdbcf4d63c8bb93bd074bb42d2311d6c72792b8ca318dc"),
        GoldenEvent(
            file: "coverage-recorded",
            body: .coverageRecorded(
                CoverageRecorded(
                    source: "zerion", from: time - 1_000_000, to: time, reachedBeginning: false, stopReason: .limit,
                    count: 500, timeframe: "1m", limit: 500)),
            id: "e1f5b73c476e8bad8e3f9f4e025f77e0e3806b36767a281117110579066d307e"),
        GoldenEvent(
            file: "coverage-recorded-whole",
            body: .coverageRecorded(
                CoverageRecorded(
                    source: "zerion", from: .min, to: .max, reachedBeginning: true, stopReason: .beginning, count: 0)),
            id: "36e909253b7ccaf858ce3bd7bc5ac06e4df0d236b53a57f87874816f0bfde457"),
    ]

    private static let decisions: [GoldenEvent] = [
        GoldenEvent(
            file: "wallet-tracked",
            body: .walletTracked(WalletCommand(command: "c-1", author: "ada", reason: "a friend's")),
            id: "3f3038ddcd4d7b86b1b94459c18a015c277e3861da1d95f4623e92c6c12d3758"),
        GoldenEvent(
            file: "wallet-untracked",
            body: .walletUntracked(WalletCommand(command: "c-2", author: "ada", reason: "")),
            id: "2f3201daa66eac1fdadba5a68d18c3d25adc0f79d3f59d5392d15a7f47fde38f"),
        GoldenEvent(
            file: "wallet-flagged",
            body: .walletFlagged(
                WalletCommand(command: "c-3", author: "ada", reason: "", name: "favorite", value: "on")),
            id: "f15627710a9afc3a2c80829544a74cd20e26c86cc2ed4d0df2e6d45bb7a1eb2b"),
        GoldenEvent(
            file: "wallet-discovered",
            body: .walletDiscovered(
                WalletCommand(
                    command: "dexscreener", author: "discovery", reason: "top trader", name: "solana",
                    asset: .address(solana))),
            id: "b7bd5907b5abb58c0a4573112f1b75d598211c306d3ad40ebe59211e9543512a"),
        GoldenEvent(
            file: "correction-made",
            body: .correctionMade(
                Correction(
                    command: "c-4", target: .price, asset: .address(solana), transaction: hash, leg: 0,
                    value: "1.25", author: "ada", reason: "the source was wrong")),
            id: "563556a7cb3fff298e35026ece41e29cea007d0fcb227c9bba2494ecdb66060c"),
        GoldenEvent(
            file: "correction-undone",
            body: .correctionUndone(
                Correction(
                    command: "c-5", target: .spam, asset: .unidentified, value: "off", author: "grace", reason: "",
                    undoes: "c-0")),
            wallet: evmWallet, id: "6cf9f5415644faae7ea5fbe1342be89d6a6e502802924350edf58c66b79c764e"),
    ]

    private static let jobs: [GoldenEvent] = [
        GoldenEvent(
            file: "job-submitted",
            body: .jobSubmitted(
                JobSubmitted(
                    job: "j-1", author: "ada",
                    wallets: [wallet, evmWallet, WalletKey(chain: .base, address: evm)], timeframe: "30d",
                    limit: 1000)),
            wallet: nil, id: "383befb62bf2aeea3d015bc9d6e76632da5eb744a1a79e27e5a5fb5e26cb3a72"),
        GoldenEvent(
            file: "job-wallet-finished",
            body: .jobWalletFinished(
                JobWalletFinished(job: "j-1", wallet: evmWallet, succeeded: false, reason: "503", attempt: 3)),
            wallet: nil, id: "5cc357ebdffa33dfad50336e73f26da591db6aac4fc8baaca37304bc010cfd32"),
        GoldenEvent(
            file: "job-cancelled",
            body: .jobCancelled(JobCancelled(job: "j-1", author: "grace", reason: "a typing error")), wallet: nil,
            id: "73e5fb037cb66fb6ab7a0b509ff12b1f06fd718b93cb96cae6fd73c40753c864"),
        GoldenEvent(
            file: "service-switched",
            body: .serviceSwitched(
                ServiceSwitched(
                    service: "pnl_analysis", command: "c-6", author: "ada", enabled: false, action: "restart")),
            wallet: nil, id: "038e8636eaa3a79124017dbbc8d9fc7cb051adfaf45a8483c407f5c55f03c422"),
    ]
}
