import Events

/// What the fold of one transaction needs to know of the set of events as a whole: prices, corrections and which
/// arrivals flagged as spam count all the same.
struct R2Context: Sendable {
    /// The wallet's own address.
    let wallet: Address
    /// Identities of the chain's assets.
    let assets: R2Assets
    /// Prices of the stream.
    let prices: R2Prices
    /// Corrections that count.
    let corrections: R2Corrections
    /// Assets that the wallet itself swaps or sends in transactions not flagged as spam.
    private(set) var ownAssets: Set<Address> = []
}

/// Which part of a transaction counts (domain.md 11.2, Which transactions).
enum R2Part: Sendable, Hashable {
    /// Its fee and its acts.
    case whole
    /// It failed or moves nothing by its nature.
    case feeOnly
    /// Flagged as spam: arrivals of assets that the wallet itself swaps or sends.
    case ownArrivals
    /// Not executed yet.
    case nothing
}

extension R2Context {
    /// Which part of a transaction counts.
    func part(of transaction: TransactionObserved) -> R2Part {
        if transaction.status == .pending { return .nothing }
        if isSpam(transaction) { return transaction.status == .failed ? .nothing : .ownArrivals }
        return transaction.status == .failed ? .feeOnly : .whole
    }

    private func isSpam(_ transaction: TransactionObserved) -> Bool {
        guard !corrections.isEmpty else { return transaction.isTrash }
        if let isSpam = corrections.isSpam(transaction: transaction.identity.subject) { return isSpam }
        guard transaction.isTrash else { return false }
        return !transaction.legs.contains { leg in
            assets.identity(of: leg.asset).flatMap { corrections.isSpam($0) } == false
        }
    }

    /// Finds out what the wallet itself swaps or sends; needed only where something is flagged as spam.
    mutating func findOwnAssets(in transactions: some Sequence<TransactionObserved>) {
        var table = R2AssetTable(assets: assets)
        var netting = R2Netting()
        for transaction in transactions where part(of: transaction) == .whole {
            netting.net(transaction, into: &table)
            for act in netting.acts {
                let shape = R2Shape(of: act, in: netting.entries)
                for entry in netting.entries[act.entries] where entry.asset >= 0 {
                    // Anybody can cause a `send` out of a wallet (domain.md 3.1.1), so only its own counts here.
                    let isOwn = shape == .swap || (!entry.isReceived && transaction.sender.map { $0 == wallet } ?? true)
                    if isOwn { ownAssets.insert(table.entries[Int(entry.asset)].identity) }
                }
            }
        }
    }
}
