import Foundation
import Testing

@testable import Runtime

@Suite("Logger")
struct LoggerTests {
    private let sink = CollectingLogSink()

    private var logger: Logger {
        Logger(service: "projector", clock: WallClock { 1_709_209_800_000_001 }, sink: sink)
    }

    @Test("A line is one JSON object with time, level, service, message and metadata in that order")
    func line() {
        logger.with(.logPartition, 3).info(
            "Batch written", [.batchCount: .number(UInt8(12)), .file: "a/\(1)", .lag: true])
        #expect(
            sink.lines == [
                #"{"time":"2024-02-29T12:30:00.000001Z","level":"info","service":"projector","#
                    + #""message":"Batch written","log.partition":3,"batch.count":12,"file":"a/1","lag":true}"#
            ])
    }

    @Test("A line's own fact takes the place of the logger's, and a later enrichment that of an earlier")
    func precedence() {
        let enriched = logger.with(.wallet, "a").with(.wallet, "b").with(.chain, "base")
        enriched.warning("One")
        enriched.error("Two", [.wallet: "c"])
        #expect(sink.lines[0].hasSuffix(#""wallet":"b","chain":"base"}"#))
        #expect(sink.lines[1].hasSuffix(#""chain":"base","wallet":"c"}"#))
    }

    @Test("Lines below the level are not written, nor is their metadata made")
    func levels() {
        let quiet = Logger(service: "x", level: .warning, sink: sink)
        var made = 0
        func count() -> LogValue {
            made += 1
            return 1
        }
        quiet.debug("No", [.count: count()])
        quiet.info("No", [.count: count()])
        quiet.warning("Yes", [.count: count()])
        #expect(sink.lines.count == 1 && made == 1)
    }

    @Test("Any text comes out of a JSON parser as it went in, on one line")
    func escaping() throws {
        var text = "quote \" backslash \\ slash / umlaut ü emoji 🦊 separator \u{2028}"
        for code in 0...0x9F { text.unicodeScalars.append(Unicode.Scalar(UInt8(code))) }
        logger.info("Odd", [.reason: .text(text)])
        let line = try #require(sink.lines.first)
        #expect(!line.utf8.contains { $0 < 0x20 })
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["reason"] as? String == text)
    }

    @Test("Bytes that are not UTF-8 become replacement characters")
    func invalidBytes() {
        logger.info("Odd", [.reason: .bytes([0x61, 0xFF, 0xC3, 0x62])])
        #expect(sink.lines[0].hasSuffix("\"reason\":\"a\u{FFFD}\u{FFFD}b\"}"))
    }

    @Test("A long text is cut at a character's end")
    func longText() throws {
        logger.info("Long", [.reason: .text(String(repeating: "ü", count: 10_000))])
        let object = try JSONSerialization.jsonObject(with: Data(sink.lines[0].utf8)) as? [String: Any]
        #expect(object?["reason"] as? String == String(repeating: "ü", count: JSONText.maximumByteCount / 2) + "…")
    }

    @Test("No key needs escaping, and none is taken twice or by a line's own fields")
    func keys() {
        let keys = LogKey.allCases.map(\.rawValue)
        #expect(keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "." || $0 == "_" } })
        #expect(Set(keys + ["time", "level", "service", "message"]).count == keys.count + 4)
    }
}
