import Crypto
import Events
import TestSupport

/// The trades of some wallets on Solana as their events lie in the log: swaps of two priced legs and a fee, with the
/// lengths that a provider's transactions have. The same seed gives the same bytes.
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
    /// Index of the wallet of each record.
    private(set) var owners: [Int] = []
    /// All events, in the order in which they were appended: the wallets' trades lie between each other's.
    private(set) var records: [LogRecord] = []

    /// Trades of 2025, one second apart.
    init(_ size: Size, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let encoder = EventEncoder()
        var traders = (0..<size.wallets).map { _ in Trader(tokenCount: size.tokensAWallet, &generator) }
        wallets = traders.map(\.wallet)
        let keys = wallets.map(\.logKey)
        let count = size.wallets * size.eventsAWallet
        records.reserveCapacity(count)
        owners.reserveCapacity(count)
        var turns = (0..<count).map { $0 % size.wallets }
        turns.shuffle(using: &generator)
        for (index, owner) in turns.enumerated() {
            let time = Self.start + Int64(index) * 1_000_000
            let trade = traders[owner].trade(at: time, &generator)
            let payload = LogPosition(topic: .providerPayloads, partition: Int32(owner % 16), offset: Int64(index))
            let sealed = try encoder.seal(
                .transactionObserved(trade), revision: 1, wallet: wallets[owner], payload: payload, digest: Self.sha256)
            records.append(sealed.record(key: keys[owner], source: "zerion", time: time + 5_000_000))
            owners.append(owner)
        }
    }

    /// Bytes of all values.
    var byteCount: Int { records.reduce(0) { $0 + $1.value.count } }

    /// The records as a reader delivers them, in batches of so many; offsets count up within a partition of its own for
    /// each wallet.
    func batches(of count: Int) -> [RecordBatch] {
        stride(from: 0, to: records.count, by: count).map { start in
            var batch = RecordBatch()
            for index in start..<min(start + count, records.count) {
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

    /// SHA-256, as ids and content digests are made.
    static let sha256: DigestFunction = { bytes in
        // Both types hold 32 bytes.
        Digest(bytes: SHA256.digest(of: bytes).bytes)!
    }
}
