import FoundationEssentials

/// The files of an import: pages and price observations, found and read.
struct InputFiles: Sendable, Hashable {
    /// Paths of the pages, in the order they are imported.
    var pages: [String]
    /// Paths of the price observations.
    var prices: [String]

    /// A file is one page. A directory is every `*.json` in it but the `*.prices.json`, by name, and of these every one
    /// that lies beside its page. Throws `unreadableInput`.
    init(pages path: String, prices: String?) throws(IngestError) {
        let given = prices.map { [$0] } ?? []
        var isDirectory: Bool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw IngestError(.unreadableInput, "\(path): no such file or directory")
        }
        guard isDirectory else {
            self.pages = [path]
            self.prices = given
            return
        }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw IngestError(.unreadableInput, "\(path): the directory cannot be listed")
        }
        let directory = path.hasSuffix("/") ? String(path.dropLast()) : path
        let pageNames = names.filter { $0.hasSuffix(".json") && !$0.hasSuffix(Self.pricesSuffix) }.sorted()
        guard !pageNames.isEmpty else { throw IngestError(.unreadableInput, "\(path): no page (*.json) lies there") }
        let beside = Set(names).intersection(pageNames.map { $0.dropLast(5) + Self.pricesSuffix }).sorted()
        self.pages = pageNames.map { "\(directory)/\($0)" }
        self.prices = beside.map { "\(directory)/\($0)" }.filter { !given.contains($0) } + given
    }

    private static let pricesSuffix = ".prices.json"

    /// A file's bytes, with room for what the parser wants behind them. Throws `unreadableInput`.
    static func read(_ path: String, sparing spareByteCount: Int) throws(IngestError) -> [UInt8] {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw IngestError(.unreadableInput, "\(path): not a regular file")
            }
            let size = (attributes[.size] as? UInt64).map { Int(clamping: $0) } ?? 0
            guard size <= ZerionDecoder.maximumPageByteCount else {
                throw IngestError(
                    .unreadableInput,
                    "\(path): \(size) bytes are over the limit of \(ZerionDecoder.maximumPageByteCount)")
            }
            let content = try Data(contentsOf: URL(filePath: path))
            var bytes: [UInt8] = []
            bytes.reserveCapacity(content.count + spareByteCount)
            bytes.append(contentsOf: content)
            return bytes
        } catch let error as IngestError {
            throw error
        } catch {
            throw IngestError(.unreadableInput, "\(path): cannot be read")
        }
    }
}
