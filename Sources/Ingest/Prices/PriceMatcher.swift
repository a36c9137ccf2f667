import Events

/// Finds out which of the imported wallets an observation concerns: one made for a transaction every wallet that has
/// it, any other every wallet that moves the asset.
struct PriceMatcher {
    private struct TransactionName: Hashable {
        let chain: Chain
        let hash: [UInt8]
    }

    private struct Asset: Hashable {
        let chain: Chain
        /// Absent and empty both name the native coin.
        let name: AssetName

        init(chain: Chain, name: AssetName) {
            self.chain = chain
            self.name = name == .empty ? .absent : name
        }
    }

    /// All observations, in the order of their files.
    let prices: [RecordedPrice]
    private var byTransaction: [TransactionName: [Int]] = [:]
    private var byAsset: [Asset: [Int]] = [:]
    private var matches: [WalletKey: Set<Int>] = [:]

    init(_ prices: [RecordedPrice]) {
        self.prices = prices
        for (index, price) in prices.enumerated() {
            if let hash = price.observation.transaction {
                byTransaction[TransactionName(chain: price.chain, hash: hash), default: []].append(index)
            } else {
                byAsset[Asset(chain: price.chain, name: price.observation.asset), default: []].append(index)
            }
        }
    }

    /// Takes note of a transaction in a wallet's stream.
    mutating func note(_ outcome: ZerionPage.Outcome, of wallet: WalletKey) {
        guard !prices.isEmpty else { return }
        let identity: TransactionIdentity
        switch outcome {
        case .refused(let event): identity = event.identity
        case .observed(let event):
            identity = event.identity
            for leg in event.legs + (event.fee.map { [$0] } ?? []) {
                match(byAsset[Asset(chain: wallet.chain, name: leg.asset)], wallet)
            }
        }
        match(byTransaction[TransactionName(chain: wallet.chain, hash: identity.hash)], wallet)
    }

    private mutating func match(_ found: [Int]?, _ wallet: WalletKey) {
        if let found { matches[wallet, default: []].formUnion(found) }
    }

    /// The observations for a wallet's stream, in the order of their files.
    func observations(for wallet: WalletKey) -> [PriceObserved] {
        matches[wallet, default: []].sorted().map { prices[$0].observation }
    }

    /// How many observations concern none of the wallets.
    var unmatchedCount: Int {
        prices.count - matches.values.reduce(into: Set<Int>()) { $0.formUnion($1) }.count
    }
}

extension [PriceObserved] {
    /// Of several about one subject the last, in their order.
    var lastTellings: [PriceObserved] {
        var latest: [EventSubject: Int] = [:]
        for index in indices { latest[EventSubject(of: .priceObserved(self[index]))] = index }
        return latest.values.sorted().map { self[$0] }
    }
}
