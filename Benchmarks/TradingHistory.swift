import Crypto
import Events
import TestSupport

/// The trades of some wallets on Solana as an import appends them to the log: wallet after wallet, newest first.
///
/// Swaps of two priced legs and a fee, with the lengths that a provider's transactions have. The same seed gives the
/// same bytes.
struct TradingHistory {
    /// How much there is of what.
    struct Size {
        var wallets: Int
        var eventsAWallet: Int
        /// Tokens a wallet trades in, beside the two currencies.
        var tokensAWallet: Int
    }

    /// Who traded.
    private(set) var wallets: [WalletKey] = []
    /// Their events; each wallet has as many.
    private(set) var records: [LogRecord] = []

    /// Trades a minute apart.
    init(_ size: Size, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let encoder = EventEncoder()
        records.reserveCapacity(size.wallets * size.eventsAWallet)
        for _ in 0..<size.wallets {
            var trader = Trader(tokenCount: size.tokensAWallet, &generator)
            wallets.append(trader.wallet)
            let trades = (0..<size.eventsAWallet).map { index in
                trader.trade(at: Self.start + Int64(index) * 60_000_000, &generator)
            }
            let key = trader.wallet.logKey
            for trade in trades.reversed() {
                let payload = LogPosition(topic: .providerPayloads, partition: 0, offset: Int64(records.count))
                let sealed = try encoder.seal(
                    .transactionObserved(trade), revision: 1, wallet: trader.wallet, payload: payload,
                    digest: Self.sha256)
                records.append(sealed.record(key: key, source: "zerion", time: Self.importedAt))
            }
        }
    }

    /// Bytes of all values.
    var byteCount: Int { records.reduce(0) { $0 + $1.value.count } }

    /// The records as a reader delivers them, a batch a wallet.
    func batchesByWallet() -> [RecordBatch] {
        let count = records.count / wallets.count
        return wallets.indices.map { wallet in
            var batch = RecordBatch()
            for index in wallet * count..<(wallet + 1) * count {
                let record = records[index]
                batch.append(
                    position: LogPosition(topic: .walletTransactions, partition: 0, offset: Int64(index)),
                    id: record.id, kind: record.kind.rawValue, time: record.time, key: record.key,
                    source: record.source.utf8, value: record.value)
            }
            return batch
        }
    }

    /// 2025-01-01, in microseconds since the epoch.
    private static let start: Int64 = 1_735_689_600_000_000
    /// 2025-10-25, in microseconds since the epoch.
    private static let importedAt: Int64 = 1_761_350_400_000_000

    /// SHA-256, as ids and content digests are made.
    static let sha256: DigestFunction = { bytes in
        // Both types hold 32 bytes.
        Digest(bytes: SHA256.digest(of: bytes).bytes)!
    }
}
