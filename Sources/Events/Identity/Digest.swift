/// 32 bytes of a SHA-256, inline.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Number of bytes of a digest.
    public static let byteCount = 32

    /// Takes exactly 32 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var parts: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &parts) { _ = $0.assumingMemoryBound(to: UInt8.self).initialize(from: bytes) }
        words = (parts.0.bigEndian, parts.1.bigEndian, parts.2.bigEndian, parts.3.bigEndian)
    }

    /// Takes the 32 bytes that lie at `start`; the caller has checked that there are as many.
    init(loading start: UnsafeRawPointer) {
        let parts = start.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
        words = (parts.0.bigEndian, parts.1.bigEndian, parts.2.bigEndian, parts.3.bigEndian)
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
    public var bytes: [UInt8] {
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) { Array($0) }
    }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }

    /// Whether all bytes are equal.
    public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    /// Feeds half of the bytes.
    public func hash(into hasher: inout Hasher) {
        // Already uniformly distributed: two words are plenty.
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    /// Orders by bytes.
    public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

/// SHA-256, passed in so that this module needs no library of its own.
public typealias DigestFunction = @Sendable ([UInt8]) -> Digest
