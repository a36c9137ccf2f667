import Foundation
import Testing

@testable import JSON

/// Reads everything a document holds, by every accessor, and counts what it met.
struct Walk {
    private(set) var nodeCount = 0
    private(set) var replacedCount = 0
    private(set) var infiniteCount = 0

    /// Foundation reads numbers as `Double` and refuses lone surrogates.
    var isForFoundation: Bool { replacedCount == 0 && infiniteCount == 0 }

    init(_ root: JSONValue) throws { try read(root) }

    private mutating func read(_ value: JSONValue) throws {
        nodeCount += 1
        _ = value.rawText.count + value.replacementCount
        _ = try? value.integer(as: Int64.self)
        switch value.kind {
        case .null: #expect(value.isNull)
        case .bool: _ = try value.bool()
        case .number:
            let number = try #require(Double(String(decoding: try value.numberDigits(), as: UTF8.self)))
            if number.isInfinite { infiniteCount += 1 }
        case .string: _ = try value.string(replacedCount: &replacedCount)
        case .array: for element in try value.elements() { try read(element) }
        case .object:
            _ = value.value(forKey: "hash")
            for member in try value.members() {
                try read(member.key)
                try read(member.value)
            }
        }
    }
}

@Suite struct JSONRobustnessTests {
    static let small = Array(
        #" {"a":[1,-2.5e+3,{"b":"x\u00e9\ud83d\ude00"}],"c":true,"d":null,"é":"\\\"","e":[false,[],{}]} "#.utf8)

    @Test("A document cut after any byte is refused as truncated, until it is whole")
    func truncated() throws {
        let end = try #require(Self.small.lastIndex(of: UInt8(ascii: "}"))) + 1
        for count in 2..<end {
            let error = try refusal(Array(Self.small.prefix(count)))
            #expect(error.code == .truncated, "cut after \(count) bytes: \(error)")
        }
        var parser = try JSONParser()
        #expect(try Walk(parser.parse(Array(Self.small.prefix(end))).root).nodeCount == 19)
    }

    @Test(
        "Random changes are parsed or refused, never a crash, and what is parsed can be walked", arguments: [1, 2, 3])
    func mutated(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        var parser = try JSONParser(maximumDepth: 8)
        let alphabet = Array("{}[]:,\"\\ue+-.0123456789truefalsn \n\u{1}".utf8) + [0xFF, 0xC3, 0xED, 0xF0, 0x00]
        var parsedCount = 0
        for _ in 0..<10_000 {
            var text = Self.small
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: 0..<text.count, using: &random)
                let byte = try #require(alphabet.randomElement(using: &random))
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text[position] = byte
                case 1: text.insert(byte, at: position)
                default: text.remove(at: position)
                }
            }
            guard let document = try? parser.parse(text) else { continue }
            parsedCount += 1
            let walk = try Walk(document.root)
            guard walk.isForFoundation else { continue }
            // What was accepted is JSON for another parser, too.
            let json = Data(document.text)
            #expect(
                (try? JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)) != nil,
                "seed \(seed): \(String(decoding: document.text, as: UTF8.self))")
        }
        #expect(parsedCount > 100 && parsedCount < 10_000)
    }

    @Test(
        "Recorded provider pages parse whole and hold what another parser reads",
        arguments: [
            "assliquid.json", "kick_raw_zerion_txs.json", "txs.json",
        ])
    func recordedPage(name: String) throws {
        let page = try Data(contentsOf: recorded(name))
        var parser = try JSONParser()
        let document = try parser.parse(Array(page))
        #expect(document.replacements.isEmpty)
        let wanted = try #require(try JSONSerialization.jsonObject(with: page) as? [String: Any])
        let wantedData = try #require(wanted["data"] as? [[String: Any]])
        let data = try document.root.requiredValue(forKey: "data")
        #expect(data.count == wantedData.count && data.count > 0)
        for (transaction, wanted) in zip(try data.elements(), wantedData) {
            #expect(try transaction.requiredValue(forKey: "id").string() == wanted["id"] as? String)
            let attributes = try transaction.requiredValue(forKey: "attributes")
            let wantedAttributes = try #require(wanted["attributes"] as? [String: Any])
            #expect(try attributes.requiredValue(forKey: "hash").string() == wantedAttributes["hash"] as? String)
            let transfers = try attributes.requiredValue(forKey: "transfers")
            #expect(transfers.count == (wantedAttributes["transfers"] as? [Any])?.count)
            // The raw text of an element is a document of its own.
            let again = try parser.parse(Array(transaction.rawText))
            #expect(again.text == transaction.rawText)
            #expect(try Walk(again.root).nodeCount == Walk(transaction).nodeCount)
        }
    }

    @Test("Every recorded response parses, is walked and stays byte for byte what it was")
    func recordedResponses() throws {
        var parser = try JSONParser()
        let folder = try recorded("web")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        #expect(!names.isEmpty)
        for name in names {
            let text = Array(try Data(contentsOf: folder.appending(path: name)))
            let document = try parser.parse(text)
            #expect(try Walk(document.root).nodeCount > 0)
            #expect(document.text.elementsEqual(text), "\(name)")
        }
    }

    /// The recordings lie beside the package, in `shared/real`.
    private func recorded(_ name: String) throws -> URL {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = package.deletingLastPathComponent().appending(path: "shared/real/\(name)")
        try #require(FileManager.default.fileExists(atPath: file.path), "missing recording \(file.path)")
        return file
    }
}

/// Vigna's SplitMix64: small, and the same on every platform for a seed.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
