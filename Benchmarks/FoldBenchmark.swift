import Accounting
import Events

/// Events out of the log's bytes into the numbers of each rule set, on one core: how fast a rebuild can be at best.
struct FoldBenchmark {
    private static let size = TradingHistory.Size(wallets: 500, eventsAWallet: 160, tokensAWallet: 12)
    private static let seed: UInt64 = 5
    private static let rounds = Rounds(count: 7, stopwatch: .thread)
    /// What the product promises of each rule set, in thousand events a second.
    private static let promises = (r1: 400.0, r2: 350.0)

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
            { for wallet in batches.indices { try fold(decode(wallet), by: R1.self) } },
            { for wallet in batches.indices { try fold(decode(wallet), by: R2.self) } },
            { for wallet in batches.indices { _ = try decode(wallet) } },
            { for history in histories { try fold(history, by: R1.self) } },
            { for history in histories { try fold(history, by: R2.self) } },
            { try foldScattered() },
        ])
        let thousands = seconds.map { Double(history.records.count) / 1000 / $0 }
        report("r1", thousands[0], beside: Self.promises.r1)
        report("r2", thousands[1], beside: Self.promises.r2)
        report("decode", thousands[2], beside: thousands[0])
        report("fold-r1", thousands[3], beside: thousands[0])
        report("fold-r2", thousands[4], beside: thousands[1])
        report("scattered", thousands[5], beside: Self.promises.r1)
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
        for history in histories { try fold(history, by: R1.self) }
    }

    private func insert(_ index: Int, of batch: RecordBatch, into history: inout WalletHistory) throws {
        let entry = batch.entries[index]
        history.insert(
            RecordedEvent(
                event: try decoder.decode(entry, of: batch), position: entry.position, recordedAt: entry.time,
                source: batch.source(of: entry)))
    }

    private func fold(_ history: WalletHistory, by ruleSet: any RuleSet.Type) throws {
        // Something has to be found: a fold of nothing would be fast.
        guard try ruleSet.fold(history).disposals.count > 0 else { throw BenchmarkError("a wallet without disposals") }
    }
}
