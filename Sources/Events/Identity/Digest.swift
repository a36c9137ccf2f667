/// 32 bytes of a SHA-256, inline.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Number of bytes of a digest.
    public static let byteCount = 32

    /// Takes exactly 32 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var parts: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var index = 0
        for byte in bytes {
            switch index >> 3 {
            case 0: parts.0 = parts.0 << 8 | UInt64(byte)
            case 1: parts.1 = parts.1 << 8 | UInt64(byte)
            case 2: parts.2 = parts.2 << 8 | UInt64(byte)
            default: parts.3 = parts.3 << 8 | UInt64(byte)
            }
            index += 1
        }
        words = parts
    }

    /// The byte at `index`, 0 ..< 32.
    public subscript(index: Int) -> UInt8 {
        let word: UInt64
        switch index >> 3 {
        case 0: word = words.0
        case 1: word = words.1
        case 2: word = words.2
        default: word = words.3
        }
        return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7)))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { (0..<Self.byteCount).map { self[$0] } }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }

    public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        // Already uniformly distributed: two words are plenty.
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

/// SHA-256, passed in so that this module needs no library of its own.
public typealias DigestFunction = @Sendable ([UInt8]) -> Digest
