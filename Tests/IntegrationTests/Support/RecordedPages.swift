import Events
import Foundation
import TestSupport

/// Pages to import that are larger than the recorded ones: a recorded page told of many wallets.
enum RecordedPages {
    /// Writes one page and its prices for each of `wallets` wallets into a new folder and returns the folder.
    static func many(wallets: Int) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wallet-pnl-pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let recorded = "6qWUokEUNc9Tcpn43viUyt41BarU47BtRqDSHmw8Znzu"
        let page = try String(contentsOfFile: PackageRoot.file("Examples/assliquid.json"), encoding: .utf8)
        let prices = try String(contentsOfFile: PackageRoot.file("Examples/assliquid.prices.json"), encoding: .utf8)
        for number in 0..<wallets {
            let wallet = Base58.encode([UInt8(1 + number)] + [UInt8](repeating: UInt8(number), count: 31))
            let told = page.replacingOccurrences(of: recorded, with: wallet)
            try told.write(to: folder.appending(path: "page-\(number).json"), atomically: false, encoding: .utf8)
            try prices.write(
                to: folder.appending(path: "page-\(number).prices.json"), atomically: false, encoding: .utf8)
        }
        return folder.path
    }
}
