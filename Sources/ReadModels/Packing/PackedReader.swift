/// A packed column that does not say what it should. It is derived: rebuilding the generation mends it.
public struct PackedError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Safe for a log line.
    public let description: String
}

/// Reads what `PackedWriter` wrote; every length is checked.
struct PackedReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    mutating func byte() throws(PackedError) -> UInt8 {
        guard index < bytes.endIndex else { throw PackedError(description: "a packed column ends too early") }
        defer { index += 1 }
        return bytes[index]
    }

    mutating func unsigned() throws(PackedError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let part = try byte()
            value |= UInt64(part & 0x7f) << shift
            if part < 0x80 { return value }
        }
        throw PackedError(description: "a packed number is too long")
    }

    mutating func signed() throws(PackedError) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
    }

    mutating func signed128() throws(PackedError) -> Int128 {
        var value: UInt128 = 0
        for shift in stride(from: UInt128(0), to: 128, by: 7) {
            let part = try byte()
            value |= UInt128(part & 0x7f) << shift
            if part < 0x80 { return Int128(bitPattern: value >> 1) ^ -Int128(value & 1) }
        }
        throw PackedError(description: "a packed number is too long")
    }

    mutating func slice() throws(PackedError) -> ArraySlice<UInt8> {
        let count = try unsigned()
        guard count <= UInt64(bytes.endIndex - index) else {
            throw PackedError(description: "a packed column ends too early")
        }
        defer { index += Int(count) }
        return bytes[index..<index + Int(count)]
    }

    /// Reads a count whose elements take at least one byte each, so that a wild one cannot ask for much memory.
    mutating func count() throws(PackedError) -> Int {
        let count = try unsigned()
        guard count <= UInt64(bytes.endIndex - index) else {
            throw PackedError(description: "a packed column counts more than it holds")
        }
        return Int(count)
    }
}
