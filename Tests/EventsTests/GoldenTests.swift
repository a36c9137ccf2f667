import Events
import Foundation
import Testing

@Suite struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/v1")

    @Test("What version 1 wrote means what it meant, and is still written so", arguments: GoldenEvent.v1.indices)
    func version1(index: Int) throws {
        let golden = GoldenEvent.v1[index]
        let sealed = try EventEncoder().seal(
            golden.body, revision: golden.revision, wallet: golden.wallet, payload: golden.payload, digest: sha256)
        #expect(sealed.id.description == golden.id, "\(golden.file)")
        let url = Self.folder.appending(path: "\(golden.file).bin")
        // A new event has no file yet: the message holds the bytes to put there.
        let bytes = try #require(
            try? Data(contentsOf: url), "\(golden.file) is missing, its bytes: \(Hexadecimal.encode(sealed.value))")
        #expect(sealed.value == Array(bytes))
        let event = try EventDecoder().decode(kind: golden.body.kind, Array(bytes).span.bytes)
        #expect(event.body == golden.body)
        #expect(event.revision == golden.revision)
        #expect(event.digest == sealed.contentDigest)
        #expect(event.payload == golden.payload)
    }

    @Test("The corpus has every kind, and every file of it is spelled out")
    func complete() throws {
        #expect(Set(GoldenEvent.v1.map(\.body.kind)) == Set(RandomEvents.kinds))
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.sorted() == GoldenEvent.v1.map { "\($0.file).bin" }.sorted())
    }
}
