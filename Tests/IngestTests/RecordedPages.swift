import Foundation
import TestSupport

/// The provider's own pages: as recorded, beside the checkout, and as shipped, reduced to the fields that are read.
enum RecordedPages {
    /// Whether the recordings lie beside the checkout.
    static let areRecordingsPresent = (try? PackageRoot.shared("real")) != nil

    /// Names of the shipped pages, with what they hold.
    static let pages: [(name: String, recording: String, wallets: Int, transactions: Int, legs: Int)] = [
        ("assliquid.json", "assliquid.json", 1, 57, 97),
        ("kick_raw_zerion_txs.json", "kick_raw_zerion_txs.json", 1, 14, 31),
        ("txs.json", "txs.json", 1, 35, 35),
        ("zerion-tx-bsc-down.json", "web/zerion-tx-bsc-down.json", 1, 8, 8),
        ("zerion-tx-vitalik-excerpt.json", "web/zerion-tx-vitalik-excerpt.json", 2, 4, 4),
    ]

    static func example(_ name: String) throws -> [UInt8] { try bytes(PackageRoot.file("Examples/\(name)")) }

    static func recording(_ name: String) throws -> [UInt8] { try bytes(PackageRoot.shared("real/\(name)")) }

    private static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}
