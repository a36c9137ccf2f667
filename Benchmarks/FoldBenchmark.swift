import Accounting
import Events

/// Events out of the log's bytes into the numbers of rule set r1, on one core: how fast a rebuild can be at best.
struct FoldBenchmark {
    private static let size = TradingHistory.Size(wallets: 500, eventsAWallet: 160, tokensAWallet: 12)
    private static let seed: UInt64 = 5
    private static let rounds = Rounds(count: 7, stopwatch: .thread)
    private static let recordsABatch = 20_000
    /// What the product promises, in thousand events a second.
    private static let promise = 400.0

    private let history: TradingHistory
    private let batches: [RecordBatch]
    private let decoder = EventDecoder()

    /// Makes the events.
    init() throws {
        history = try TradingHistory(Self.size, seed: Self.seed)
        batches = history.batches(of: Self.recordsABatch)
    }

    /// Measures the whole, and its two halves by themselves.
    func run() throws {
        log("fold: \(history.records.count) events of \(history.byteCount / history.records.count) bytes on average")
        var decoded = try decodeAll()
        let seconds = try Self.rounds.medianSeconds([
            { try fold(try decodeAll()) },
            { decoded = try decodeAll() },
            { try fold(decoded) },
        ])
        let thousands = seconds.map { Double(history.records.count) / 1000 / $0 }
        report("r1", thousands[0], beside: Self.promise)
        report("decode", thousands[1], beside: thousands[0])
        report("fold", thousands[2], beside: thousands[0])
    }

    private func report(_ figure: String, _ value: Double, beside reference: Double) {
        Measurement(benchmark: .fold, figure: figure, value: value, unit: "k events/s", reference: reference).report()
    }

    private func decodeAll() throws -> [WalletHistory] {
        var histories = history.wallets.map(WalletHistory.init)
        var index = 0
        for batch in batches {
            for entry in batch.entries {
                let event = try decoder.decode(entry, of: batch)
                let recorded = RecordedEvent(
                    event: event, position: entry.position, recordedAt: entry.time, source: batch.source(of: entry))
                histories[history.owners[index]].insert(recorded)
                index += 1
            }
        }
        return histories
    }

    private func fold(_ histories: [WalletHistory]) throws {
        var disposals = 0
        for history in histories { disposals += try R1.fold(history).disposals.count }
        // Something has to be found: a fold of nothing would be fast.
        guard disposals > histories.count else { throw BenchmarkError("only \(disposals) disposals were folded") }
    }
}
