import Accounting
import Events
import Postgres
import ReadModels

/// Folds wallets with r1 and with r2 and says, token by token, where they differ and why: `projector compare-rules`.
struct Comparison {
    let connection: PostgresConnection
    private let decoder = StoredEventDecoder()

    private static let walletsAtOnce = 100

    init(connection: PostgresConnection) { self.connection = connection }

    /// One wallet, asset by asset.
    struct Row {
        /// Symbol as r2 gives it.
        let symbol: String
        /// r2's identity of the asset; empty: the native coin.
        let asset: Address
        let figures: ComparedAsset
        /// Why they differ; empty where they do not, or where nothing explains it.
        let reasons: [ComparisonReason]
    }

    /// Calls `body` with each wallet, ordered by chain and address, or with the one named.
    func forEachWallet(only wallet: WalletKey?, _ body: (WalletKey, [Row]) throws -> Void) throws {
        if let wallet { return try body(wallet, try rows(history(of: [wallet])[0])) }
        var last: WalletKey?
        while true {
            let wallets = try wallets(after: last)
            for history in try history(of: wallets) { try body(history.wallet, try rows(history)) }
            guard wallets.count == Self.walletsAtOnce else { return }
            last = wallets.last
        }
    }

    private func wallets(after last: WalletKey?) throws -> [WalletKey] {
        let rows = try connection.query(
            """
            SELECT DISTINCT chain, wallet FROM base.wallet_events WHERE (chain, wallet) > ($1, $2)
            ORDER BY chain, wallet LIMIT \(Self.walletsAtOnce)
            """, [.int16(last?.chain.rawValue ?? 0), .bytes(last?.address.bytes ?? [])])
        return try (0..<rows.rowCount).compactMap { row in
            let number = Int16(truncatingIfNeeded: try rows.int64(row: row, column: 0))
            let address = Address(bytes: try rows.bytes(row: row, column: 1))
            guard let chain = Chain(rawValue: number), let address else { return nil }
            return WalletKey(chain: chain, address: address)
        }
    }

    private func history(of wallets: [WalletKey]) throws -> [WalletHistory] {
        var histories = wallets.map { WalletHistory(wallet: $0) }
        try WalletEventsTable.forEachEvent(of: wallets, connection) { place, partition, entry in
            histories[place].insert(try decoder.decode(entry, partition: partition))
        }
        return histories
    }

    /// Compares one history. Throws `FoldError`.
    func rows(_ history: WalletHistory) throws -> [Row] {
        let (r1, r2) = (try R1.fold(history), try R2.fold(history))
        let assets = ComparedAsset.byAsset(r1, r2)
        let transactions = history.events.compactMap { recorded in
            if case .transactionObserved(let transaction) = recorded.event.body { transaction } else { nil }
        }
        let evidence = ComparisonEvidence(transactions, r2: r2, chain: history.wallet.chain)
        var reasons = evidence.reasons
        var sufficient: [Address: Set<ComparisonReason>] = [:]
        for reason in ComparisonReason.removable {
            let rest = history.without(reason)
            let others = ComparedAsset.byAsset(try R1.fold(rest), try R2.fold(rest))
            for (asset, figures) in assets where !figures.isEqual {
                let other = others[asset] ?? ComparedAsset()
                if other.difference != figures.difference { reasons[asset, default: []].insert(reason) }
                if other.isEqual { sufficient[asset, default: []].insert(reason) }
            }
        }
        return assets.sorted { $0.key < $1.key }.map { asset, figures in
            let found =
                figures.isEqual ? [] : ComparisonReason.among(sufficient[asset] ?? reasons[asset] ?? [], for: figures)
            let symbol = (r2.tokens + r1.tokens).first { $0.asset == asset }?.symbol ?? ""
            return Row(symbol: symbol, asset: asset, figures: figures, reasons: found)
        }
    }
}

extension WalletHistory {
    /// The same history without what a reason is about.
    fileprivate func without(_ reason: ComparisonReason) -> WalletHistory {
        var rest = WalletHistory(wallet: wallet)
        for recorded in events {
            var recorded = recorded
            if case .transactionObserved(let transaction) = recorded.event.body {
                guard let left = reason.without(transaction) else { continue }
                recorded.event.body = .transactionObserved(left)
            }
            rest.insert(recorded)
        }
        return rest
    }
}
