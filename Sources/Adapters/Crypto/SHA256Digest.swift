/// The 32 bytes of a SHA-256, held in place. Digests compare as their bytes do, first byte first.
public struct SHA256Digest: Sendable, Hashable {
    /// Bytes of a digest.
    public static let byteCount = 32

    // Eight bytes each, the first byte the most significant; synthesised equality and hashing rest on them.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The digest that these bytes spell; nil unless there are 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        // `UInt8` has no padding whose bytes could be read uninitialised.
        unsafe self.init(bytes.span.bytes)
    }

    /// From exactly 32 bytes.
    init(_ bytes: RawSpan) {
        // Any bits are a UInt64, and each load's bounds are checked.
        first = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
        second = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))
        third = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self))
        fourth = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// The digest's 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the digest's 32 bytes.
    public func append(to bytes: inout [UInt8]) {
        forEachByte { bytes.append($0) }
    }

    private func forEachByte(_ body: (UInt8) -> Void) {
        let words: InlineArray<4, UInt64> = [first, second, third, fourth]
        for index in words.indices {
            for shift in stride(from: 56, through: 0, by: -8) { body(UInt8(truncatingIfNeeded: words[index] >> shift)) }
        }
    }
}

extension SHA256Digest: Comparable {
    /// Lexicographic order of the bytes.
    public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
        (left.first, left.second, left.third, left.fourth) < (right.first, right.second, right.third, right.fourth)
    }
}

extension SHA256Digest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * Self.byteCount)
        forEachByte { byte in
            for digit in [byte >> 4, byte & 0xF] {
                digits.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
