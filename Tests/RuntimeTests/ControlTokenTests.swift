import Foundation
import Testing

@testable import Runtime

@Suite("Control token")
final class ControlTokenTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID())").path()

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private var path: String { "\(directory)/control-token" }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func write(_ text: String, mode: Int) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode]))
    }

    @Test("The first caller creates 32 random bytes as private hexadecimal text, later ones read them")
    func creation() throws {
        let token = try ControlToken.loadOrCreate(directory: directory).revealed()
        #expect(token.count == 64 && token.allSatisfy(\.isHexDigit))
        #expect(try permissions(path) == 0o600 && permissions(directory) == 0o700)
        #expect(try ControlToken.loadOrCreate(directory: directory).revealed() == token)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["control-token"])
    }

    @Test("Of callers at the same time all get the same token")
    func race() throws {
        let tokens = BoundedQueue<String>(capacity: 8)
        let threads = try (0..<8).map { _ in
            try NamedThread(name: "create") { [directory] in
                tokens.push((try? ControlToken.loadOrCreate(directory: directory).revealed()) ?? "failed")
            }
        }
        for thread in threads { thread.join() }
        tokens.finish()
        var seen: Set<String> = []
        while let token = tokens.next() { seen.insert(token) }
        #expect(seen.count == 1 && seen.first?.count == 64)
    }

    @Test("A file that others may read is refused with its mode", arguments: [0o640, 0o604, 0o644])
    func insecure(mode: Int) throws {
        try write(String(repeating: "a", count: 64), mode: mode)
        let error = #expect(throws: RuntimeError.self) { try ControlToken.loadOrCreate(directory: directory) }
        #expect(error?.code == .insecureFile)
        #expect(error?.description.contains("mode 0\(String(mode, radix: 8))") == true)
    }

    @Test(
        "A file without one line of enough visible characters is refused, and not shown",
        arguments: ["", "short\n", String(repeating: "a", count: 40) + " b", String(repeating: "é", count: 40)])
    func malformed(text: String) throws {
        try write(text, mode: 0o600)
        let error = #expect(throws: RuntimeError.self) { try ControlToken.loadOrCreate(directory: directory) }
        #expect(error?.code == .malformedFile)
        #expect(text.isEmpty || error?.description.contains(text) == false)
    }

    @Test("A file named by the operator is read as it is, and must exist")
    func override() throws {
        try write(String(repeating: "z", count: 32), mode: 0o400)
        #expect(
            try ControlToken.loadOrCreate(directory: "/nowhere", file: path).revealed()
                == String(repeating: "z", count: 32))
        let error = #expect(throws: RuntimeError.self) {
            try ControlToken.loadOrCreate(directory: directory, file: "\(path)-absent")
        }
        #expect(error?.systemCode == ENOENT && error?.isRetriable == false)
        #expect(error?.description == "Cannot open \(path)-absent: No such file or directory")
    }
}
