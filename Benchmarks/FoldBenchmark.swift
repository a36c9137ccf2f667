import Accounting
import Events

/// Events out of the log's bytes into the numbers of rule set r1, on one core: how fast a rebuild can be at best.
struct FoldBenchmark {
    private static let size = TradingHistory.Size(wallets: 500, eventsAWallet: 160, tokensAWallet: 12)
    private static let seed: UInt64 = 5
    private static let rounds = Rounds(count: 7, stopwatch: .thread)
    /// What the product promises, in thousand events a second.
    private static let promise = 400.0

    private let history: TradingHistory
    private let batches: [RecordBatch]
    private let decoder = EventDecoder()

    /// Makes the events.
    init() throws {
        history = try TradingHistory(Self.size, seed: Self.seed)
        batches = history.batchesByWallet()
    }

    /// Measures the whole, its two halves by themselves, and the whole with all wallets' events among each other.
    func run() throws {
        log("fold: \(history.records.count) events of \(history.byteCount / history.records.count) bytes on average")
        let histories = try batches.indices.map(decode)
        let seconds = try Self.rounds.medianSeconds([
            { for wallet in batches.indices { try fold(decode(wallet)) } },
            { for wallet in batches.indices { _ = try decode(wallet) } },
            { for history in histories { try fold(history) } },
            { try foldScattered() },
        ])
        let thousands = seconds.map { Double(history.records.count) / 1000 / $0 }
        report("r1", thousands[0], beside: Self.promise)
        report("decode", thousands[1], beside: thousands[0])
        report("fold", thousands[2], beside: thousands[0])
        report("scattered", thousands[3], beside: Self.promise)
    }

    private func report(_ figure: String, _ value: Double, beside reference: Double) {
        Measurement(benchmark: .fold, figure: figure, value: value, unit: "k events/s", reference: reference).report()
    }

    /// Reads a wallet's whole history.
    private func decode(_ wallet: Int) throws -> WalletHistory {
        let batch = batches[wallet]
        var history = WalletHistory(wallet: history.wallets[wallet])
        history.reserveCapacity(batch.count)
        for index in batch.entries.indices { try insert(index, of: batch, into: &history) }
        return history
    }

    /// Every event belongs to another wallet than the one before, so all histories grow at once.
    private func foldScattered() throws {
        var histories = history.wallets.map(WalletHistory.init)
        for index in batches[0].entries.indices {
            for wallet in batches.indices { try insert(index, of: batches[wallet], into: &histories[wallet]) }
        }
        for history in histories { try fold(history) }
    }

    private func insert(_ index: Int, of batch: RecordBatch, into history: inout WalletHistory) throws {
        let entry = batch.entries[index]
        history.insert(
            RecordedEvent(
                event: try decoder.decode(entry, of: batch), position: entry.position, recordedAt: entry.time,
                source: batch.source(of: entry)))
    }

    private func fold(_ history: WalletHistory) throws {
        // Something has to be found: a fold of nothing would be fast.
        guard try R1.fold(history).disposals.count > 0 else { throw BenchmarkError("a wallet without disposals") }
    }
}
