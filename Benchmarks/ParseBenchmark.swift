import Events
import Ingest
import TestSupport

/// Recorded provider pages into typed transactions: what an import does before it touches the log.
struct ParseBenchmark {
    private static let rounds = Rounds(count: 9, stopwatch: .thread)
    /// Pages are decoded over and over until a round has so many bytes.
    private static let roundByteCount = 8 << 20

    private let pages: [[UInt8]]

    /// Reads the pages that are shipped with the source.
    init() throws {
        pages = try RecordedPage.all.map { try $0.bytes() }
    }

    /// Measures both decoders in turns.
    func run() throws {
        let byteCount = pages.reduce(0) { $0 + $1.count }
        let repetitions = max(1, Self.roundByteCount / byteCount)
        let legCount = try zerionLegs()
        let peer = try JSONDecoderPeer(pages)
        guard try peer.legCount() == legCount else { throw BenchmarkError("the two decoders disagree about the pages") }
        log("parse: \(pages.count) pages, \(byteCount) bytes, \(legCount) transfers, \(repetitions) times a round")
        let seconds = try Self.rounds.medianSeconds([
            { for _ in 0..<repetitions { _ = try zerionLegs() } },
            { for _ in 0..<repetitions { _ = try peer.legCount() } },
        ])
        let megabytes = seconds.map { Double(byteCount * repetitions) / 1e6 / $0 }
        Measurement(benchmark: .parse, figure: "zerion", value: megabytes[0], unit: "MB/s", reference: megabytes[1])
            .report()
    }

    /// Decodes all pages, each from a copy of its own as if it had just been read, and counts their transfers.
    private func zerionLegs() throws -> Int {
        var decoder = try ZerionDecoder()
        var count = 0
        for page in pages {
            for entry in try decoder.decode(page).transactions {
                guard case .observed(let transaction) = entry.outcome else {
                    throw BenchmarkError("a recorded transaction was refused")
                }
                count += transaction.legs.count
            }
        }
        return count
    }
}
