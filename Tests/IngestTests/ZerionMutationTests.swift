import Events
import TestSupport
import Testing

@testable import Ingest

@Suite("No page can break the decoder")
struct ZerionMutationTests {
    private static let pieces: [[UInt8]] =
        [
            "null", "{}", "[]", "\"\"", "-1", "1e999", "true", "\"\\u0000\"", "0.0", ",", "}", "]", "\\", "\"",
            String(repeating: "9", count: 400),
        ].map { Array($0.utf8) } + [[0], [0xFF, 0xFE], [0xC3]]

    @Test(
        "Whatever is changed in a recorded page, each transaction is decoded, refused, or the page named as none",
        arguments: RecordedPages.pages.map(\.name))
    func mutations(name: String) throws {
        let page = try RecordedPages.example(name)
        var decoder = try ZerionDecoder()
        var outcomes = (observed: 0, refused: 0, pages: 0)
        for seed in UInt64(1)...60 {
            var random = SeededGenerator(seed: seed)
            var text = page
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&text, using: &random) }
            do {
                for entry in try decoder.decode(text).transactions {
                    if let event = entry.observed {
                        outcomes.observed += 1
                        #expect(entry.stream != nil && !event.identity.subject.isEmpty, "seed \(seed)")
                        #expect(ZerionTransactionReader.minedAtBounds.contains(event.minedAt), "seed \(seed)")
                    } else if let event = entry.refused {
                        outcomes.refused += 1
                        #expect(!event.detail.isEmpty && !event.identity.subject.isEmpty, "seed \(seed)")
                        #expect(event.detail.utf8.count < 1000 && !event.detail.utf8.contains(0), "seed \(seed)")
                    }
                }
            } catch {
                outcomes.pages += 1
            }
        }
        #expect(outcomes.observed > 0 && outcomes.refused > 0 && outcomes.pages > 0, "\(outcomes)")
    }

    private static func mutate(_ text: inout [UInt8], using random: inout SeededGenerator) {
        let start = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text[start] = UInt8.random(in: 0...255, using: &random)
        case 1: text.removeSubrange(start..<min(text.count, start + Int.random(in: 1...40, using: &random)))
        case 2: text.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: start)
        case 3: replaceValue(in: &text, from: start, using: &random)
        default: replaceValue(in: &text, from: start, using: &random)
        }
    }

    /// Replaces a scalar after the next colon, so that the page often stays JSON.
    private static func replaceValue(in text: inout [UInt8], from start: Int, using random: inout SeededGenerator) {
        guard let colon = text[start...].firstIndex(of: UInt8(ascii: ":")) else { return }
        let end = text[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? text.endIndex
        text.replaceSubrange((colon + 1)..<end, with: pieces.randomElement(using: &random) ?? [])
    }
}
