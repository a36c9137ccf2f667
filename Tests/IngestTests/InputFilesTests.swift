import FoundationEssentials
import Testing

@testable import Ingest

@Suite("An import finds its files")
struct InputFilesTests {
    @Test("A directory is its pages by name, with the prices beside them; a file is itself alone")
    func directory() throws {
        let fixture = try ImportFixture()
        for name in ["b.json", "a.json", "a.prices.json", "c.prices.json", "notes.txt"] { try fixture.write(name, []) }
        let directory = fixture.directory.path
        let all = try InputFiles([directory], prices: nil)
        #expect(all.pages == ["\(directory)/a.json", "\(directory)/b.json"])
        #expect(all.prices == ["\(directory)/a.prices.json"])
        #expect(try InputFiles([directory + "/"], prices: "\(directory)/a.prices.json") == all)
        let one = try InputFiles(["\(directory)/a.json"], prices: nil)
        #expect(one.pages == ["\(directory)/a.json"] && one.prices == [])
    }

    @Test("What is not there, or no file, or too large, is said")
    func unreadable() throws {
        let fixture = try ImportFixture()
        let directory = fixture.directory.path
        #expect(throws: IngestError.self) { try InputFiles([directory], prices: nil) }
        #expect(throws: IngestError.self) { try InputFiles(["\(directory)/none"], prices: nil) }
        let error = #expect(throws: IngestError.self) { try InputFiles.read("/dev/null", sparing: 0) }
        #expect(error?.code == .unreadableInput)
        try fixture.write("a.json", Array("abc".utf8))
        #expect(try InputFiles.read("\(directory)/a.json", sparing: 64) == Array("abc".utf8))
    }
}
