/// The raw bytes of a wallet's or token's address, at most 32, stored inline so that copying never allocates.
public struct Address: Sendable, Hashable, Comparable {
    /// Number of bytes, 0…32.
    public let count: UInt8
    // Big-endian words, zero-padded at the end: comparing words compares bytes.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Longest address of any chain, in bytes.
    public static let maximumByteCount = 32

    /// The empty address: how a chain's native coin is often named.
    public static let empty = Address(bytes: EmptyCollection<UInt8>())!

    /// Takes raw bytes; nil when there are more than 32.
    public init?(bytes: some Collection<UInt8>) {
        let byteCount = bytes.count
        guard byteCount <= Self.maximumByteCount else { return nil }
        self.init(byteCount: byteCount) { padded in _ = padded.initialize(from: bytes) }
    }

    /// Takes at most 32 bytes as they lie in memory; more are a mistake of the caller, who has checked the length.
    init(loading bytes: UnsafeRawBufferPointer) {
        self.init(byteCount: bytes.count) { padded in UnsafeMutableRawBufferPointer(padded).copyMemory(from: bytes) }
    }

    private init(byteCount: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        var parts: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &parts) { fill($0.assumingMemoryBound(to: UInt8.self)) }
        count = UInt8(byteCount)
        words = (parts.0.bigEndian, parts.1.bigEndian, parts.2.bigEndian, parts.3.bigEndian)
    }

    /// Reads an address as it is written on `chain`: 0x and 40 hexadecimal digits in any case, or base58 of 32 bytes.
    public init?(text: some Collection<UInt8>, chain: Chain) { self.init(text: Array(text)[...], chain: chain) }

    /// Reads an address as above; for one that lies in a larger text, where generic calls a byte would cost most.
    public init?(text: ArraySlice<UInt8>, chain: Chain) {
        let decoded = chain.isEVM ? Hexadecimal.decode(prefixed: text) : Base58.decode(text)
        guard let decoded, decoded.count == chain.addressByteCount else { return nil }
        self.init(bytes: decoded)
    }

    /// Reads an address as it is written on `chain`; see the variant that takes bytes.
    public init?(text: String, chain: Chain) { self.init(text: text.utf8, chain: chain) }

    /// The byte at `index`, 0 ..< count.
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

    /// The raw bytes.
    public var bytes: [UInt8] {
        let parts = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return withUnsafeBytes(of: parts) { Array($0.prefix(Int(count))) }
    }

    /// The canonical text on `chain`: lower-case hexadecimal with 0x, or base58; empty for the empty address.
    public func text(on chain: Chain) -> String {
        if count == 0 { return "" }
        return chain.isEVM ? "0x" + Hexadecimal.encode(bytes) : Base58.encode(bytes)
    }

    /// Whether all bytes are equal.
    public static func == (left: Address, right: Address) -> Bool {
        left.words == right.words && left.count == right.count
    }

    /// Feeds all bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
        hasher.combine(count)
    }

    /// Orders by bytes, a prefix before what it begins.
    public static func < (left: Address, right: Address) -> Bool {
        left.words == right.words ? left.count < right.count : left.words < right.words
    }
}
