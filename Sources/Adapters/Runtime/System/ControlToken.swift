import CSystem
import Glibc

/// The installation's bearer token, which every mutating route asks for.
public enum ControlToken {
    /// The file's name in the data directory.
    public static let fileName = "control-token"
    /// Shorter ones can be guessed.
    static let minimumByteCount = 32
    private static let maximumByteCount = 4096

    /// The token in `directory/control-token`, which the first caller of all processes creates with mode 0600 (and the
    /// directory with 0700); or the one in `file`, which must exist. Throws `RuntimeError`, also when others than the
    /// owner may read the file.
    public static func loadOrCreate(directory: String, file: String? = nil) throws(RuntimeError) -> Secret {
        if let file { return try load(file) }
        let path = "\(directory)/\(fileName)"
        if unsafe access(path, F_OK) != 0 { try create(path, in: directory) }
        return try load(path)
    }

    /// Writes the token beside its place and links it there: linking fails when the name exists, so of many processes
    /// one wins, and nobody ever reads half a token.
    private static func create(_ path: String, in directory: String) throws(RuntimeError) {
        guard unsafe mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw RuntimeError(system: errno, doing: "create the directory \(directory)")
        }
        let draft = "\(path).\(try randomHex(byteCount: 8))"
        let file = try FileDescriptor(path: draft, flags: O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, mode: 0o600)
        defer { unsafe unlink(draft) }
        try file.writeDurably(Array("\(try randomHex(byteCount: 32))\n".utf8))
        guard unsafe link(draft, path) == 0 || errno == EEXIST else {
            throw RuntimeError(system: errno, doing: "create \(path)")
        }
    }

    private static func load(_ path: String) throws(RuntimeError) -> Secret {
        let file = try FileDescriptor(path: path, flags: O_RDONLY)
        let permissions = try file.mode() & 0o777
        guard permissions & 0o077 == 0 else {
            let octal = String(permissions, radix: 8)
            throw RuntimeError(
                code: .insecureFile, "\(path) has mode 0\(octal), so others may read the token: chmod 600 \(path)")
        }
        let bytes = try file.readAll(maximumByteCount: maximumByteCount + 1)
        let token = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        let visible = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard (minimumByteCount...maximumByteCount).contains(token.count), token.allSatisfy(visible.contains) else {
            throw RuntimeError(
                code: .malformedFile,
                "\(path) must hold one line of \(minimumByteCount) to \(maximumByteCount) visible ASCII characters")
        }
        return Secret(String(decoding: token, as: UTF8.self))
    }

    private static func randomHex(byteCount: Int) throws(RuntimeError) -> String {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        // Requests of up to 256 bytes are answered whole (getrandom(2)).
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe random_fill($0.baseAddress!, $0.count) }
        guard count == byteCount else { throw RuntimeError(system: errno, doing: "read random bytes") }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
