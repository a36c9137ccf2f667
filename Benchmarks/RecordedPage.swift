import Glibc
import TestSupport

/// A provider's page as it is shipped with the source.
struct RecordedPage {
    /// Where it lies in the checkout.
    let path: String

    /// All of them; Solana and EVM.
    static let all = [
        "assliquid", "kick_raw_zerion_txs", "txs", "zerion-tx-bsc-down", "zerion-tx-vitalik-excerpt",
    ].map { RecordedPage(path: "Examples/\($0).json") }

    /// Its text.
    func bytes() throws -> [UInt8] { try Self.bytes(of: PackageRoot.file(path)) }

    /// A file's bytes.
    static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw BenchmarkError("\(path) cannot be read") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }
}
