import Foundation

/// The provider's own pages: as recorded, beside the checkout, and as shipped, reduced to the fields that are read.
enum RecordedPages {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let examples = root.appending(path: "Examples")
    static let recordings = root.appending(path: "../shared/real").standardizedFileURL
    static let areRecordingsPresent = FileManager.default.fileExists(atPath: recordings.path)

    /// Names of the shipped pages, with what they hold.
    static let pages: [(name: String, recording: String, wallets: Int, transactions: Int, legs: Int)] = [
        ("assliquid.json", "assliquid.json", 1, 57, 97),
        ("kick_raw_zerion_txs.json", "kick_raw_zerion_txs.json", 1, 14, 31),
        ("txs.json", "txs.json", 1, 35, 35),
        ("zerion-tx-bsc-down.json", "web/zerion-tx-bsc-down.json", 1, 8, 8),
        ("zerion-tx-vitalik-excerpt.json", "web/zerion-tx-vitalik-excerpt.json", 2, 4, 4),
    ]

    static func example(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: examples.appending(path: name)))
    }

    static func recording(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: recordings.appending(path: name)))
    }
}
