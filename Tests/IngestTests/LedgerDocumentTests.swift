import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("The ledger's page")
struct LedgerDocumentTests {
    @Test("Every column is described, the required ones as such, and no other")
    func columns() throws {
        let text = try String(contentsOfFile: PackageRoot.file("docs/ledger.md"), encoding: .utf8)
        var described: [String: Bool] = [:]
        for line in text.split(separator: "\n").map(String.init) where line.hasPrefix("| `") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            for name in cells[1].split(separator: ",") {
                described[name.trimmingCharacters(in: CharacterSet(charactersIn: " `"))] = cells[2].contains("required")
            }
        }
        let columns = LedgerColumn.allCases.map { ($0.rawValue, $0.isRequired) }
        #expect(described == Dictionary(uniqueKeysWithValues: columns))
    }
}
