import Glibc

/// Owns one open file; `close` runs exactly once, when the value dies.
struct FileDescriptor: ~Copyable {
    private let number: Int32
    private let path: String

    /// Opens the path; close-on-exec is always set. Throws what the system said.
    init(path: String, flags: Int32, mode: mode_t = 0) throws(RuntimeError) {
        let number = unsafe open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw RuntimeError(system: errno, doing: "open \(path)") }
        (self.number, self.path) = (number, path)
    }

    deinit { close(number) }

    /// Type and permission bits, as `stat` gives them.
    borrowing func mode() throws(RuntimeError) -> mode_t {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw RuntimeError(system: errno, doing: "examine \(path)") }
        return status.st_mode
    }

    /// Reads to the end of the file, at most that many bytes.
    borrowing func readAll(maximumByteCount: Int) throws(RuntimeError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximumByteCount)
        var count = 0
        while count < maximumByteCount {
            let received = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(number, buffer.baseAddress! + count, maximumByteCount - count)
            }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw RuntimeError(system: errno, doing: "read \(path)") }
            if received == 0 { break }
            count += received
        }
        return Array(bytes.prefix(count))
    }

    /// Writes all bytes; false when the system refuses, with `errno` set.
    @discardableResult
    borrowing func write(_ bytes: [UInt8]) -> Bool { writeFully(bytes, to: number) }

    /// Writes all bytes and forces them to the disk.
    borrowing func writeDurably(_ bytes: [UInt8]) throws(RuntimeError) {
        guard write(bytes), fsync(number) == 0 else {
            throw RuntimeError(system: errno, doing: "write \(path)")
        }
    }
}

/// Writes all bytes, in one `write` unless the system takes less; false when it refuses, with `errno` set.
@discardableResult
func writeFully(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
        var written = 0
        while written < buffer.count {
            let count = unsafe write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            written += count
        }
        return true
    }
}
