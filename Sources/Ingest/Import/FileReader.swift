import Events
import JSON

/// Reads the files of an import, one after the other.
struct FileReader: ~Copyable {
    private let format: InputFormat
    private let skipsBadRows: Bool
    private var pages: ZerionDecoder

    /// Throws `unavailable` when there is no memory for a parser.
    init(_ request: ImportRequest) throws(IngestError) {
        format = request.format
        skipsBadRows = request.skipsBadRows
        do { pages = try ZerionDecoder(defaults: request.defaults) } catch {
            throw IngestError(.unavailable, "\(error)")
        }
    }

    /// What a file tells. Throws `unreadableInput` that names the file and the place.
    mutating func read(_ path: String) throws(IngestError) -> ToldFile {
        switch format {
        case .zerion:
            let text = try InputFiles.read(path, sparing: JSONDocument.paddingByteCount)
            do { return ToldFile(try pages.decode(text)) } catch {
                throw IngestError(.unreadableInput, "\(path): \(error)")
            }
        case .csv:
            let text = try InputFiles.read(path, sparing: 0)
            do { return ToldFile(try LedgerDecoder().decode(text, skipBad: skipsBadRows)) } catch {
                let places = error.description.split(separator: "\n").map { "\(path): \($0)" }
                throw IngestError(.unreadableInput, places.joined(separator: "\n"))
            }
        }
    }
}
