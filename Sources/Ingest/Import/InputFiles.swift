import FoundationEssentials

/// The files of an import: pages or ledgers, and price observations, found and read.
struct InputFiles: Sendable, Hashable {
    /// Paths of the pages or ledgers, in the order they are imported.
    var pages: [String]
    /// Paths of the price observations.
    var prices: [String]

    /// Files and directories, each once. A directory is every file in it with the format's suffix but the
    /// `*.prices.json`, by name, and of these every one that lies beside its page. Throws `unreadableInput`.
    init(_ paths: [String], prices: String?, format: InputFormat = .zerion) throws(IngestError) {
        (pages, self.prices) = ([], [])
        for path in paths { try add(path, format) }
        if let prices, !self.prices.contains(prices) { self.prices.append(prices) }
    }

    private mutating func add(_ path: String, _ format: InputFormat) throws(IngestError) {
        var isDirectory: Bool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw IngestError(.unreadableInput, "\(path): no such file or directory")
        }
        guard isDirectory else {
            if !pages.contains(path) { pages.append(path) }
            return
        }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw IngestError(.unreadableInput, "\(path): the directory cannot be listed")
        }
        let directory = path.hasSuffix("/") ? String(path.dropLast()) : path
        let found = names.filter { $0.hasSuffix(format.suffix) && !$0.hasSuffix(Self.pricesSuffix) }.sorted()
        guard !found.isEmpty else {
            throw IngestError(.unreadableInput, "\(path): no \(format.noun) (*\(format.suffix)) lies there")
        }
        let stems = found.map { $0.dropLast(format.suffix.count) }
        let beside = Set(names).intersection(stems.map { $0 + Self.pricesSuffix }).sorted()
        pages += found.map { "\(directory)/\($0)" }.filter { !pages.contains($0) }
        prices += beside.map { "\(directory)/\($0)" }.filter { !prices.contains($0) }
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
