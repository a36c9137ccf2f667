/// Appends JSON to a buffer; sets the commas itself. It does not check that containers are closed or members keyed:
/// the caller's code shows that, and its tests parse what it writes.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty buffer with room for some bytes.
    public init(reservingByteCount byteCount: Int = 256) {
        bytes.reserveCapacity(byteCount)
    }

    /// Empties the buffer and keeps its memory for the next document.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// `{`, a member's or element's or the document's value.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// `}`.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// `[`.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// `]`.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// A member's key, to be followed by its value.
    public mutating func key(_ key: StaticString) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A key that is known only at run time.
    public mutating func key(_ key: String) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// `null`.
    public mutating func null() { literal("null") }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// An integer of any width up to 128 bits.
    public mutating func integer(_ value: some FixedWidthInteger) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        if let small = UInt64(exactly: value.magnitude) {
            digits(small, minimumCount: 1)
        } else {
            wideDigits(UInt128(value.magnitude))
        }
    }

    /// A number's own characters, which must be a number of JSON's grammar.
    public mutating func number(digits: some Sequence<UInt8>) { raw(digits) }

    /// A whole value that is JSON already, as `JSONValue.rawText`.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// A string that is known at compile time.
    public mutating func string(_ value: StaticString) {
        // A literal's own bytes, read within its own count.
        value.withUTF8Buffer { characters in unsafe quote(characters) }
    }

    /// A string.
    public mutating func string(_ value: String) {
        var value = value
        // The closure only reads, within the string's own bytes.
        value.withUTF8 { characters in unsafe quote(characters) }
    }

    /// A string given as UTF-8, which must be valid, as PostgreSQL's text is.
    public mutating func string(utf8 value: RawSpan) {
        // The closure only reads, within the span's own bounds.
        unsafe value.withUnsafeBytes { characters in
            unsafe characters.withMemoryRebound(to: UInt8.self) { unsafe quote($0) }
        }
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func literal(_ word: StaticString) {
        separate()
        // A literal's own bytes, read within its own count.
        word.withUTF8Buffer { characters in unsafe bytes.append(contentsOf: characters) }
    }

    /// Copies runs that need no escape at once. RFC 8259, section 7: quote, backslash, and all below 0x20.
    private mutating func quote(_ characters: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var runStart = 0
        for position in 0..<characters.count {
            let byte = unsafe characters[position]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            // `runStart` and `position` are positions of this very buffer.
            unsafe bytes.append(contentsOf: characters[runStart..<position])
            runStart = position + 1
            escape(byte)
        }
        unsafe bytes.append(contentsOf: characters[runStart...])
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x20...: bytes.append(byte)
        default:
            let low = byte & 0xF
            bytes.append(contentsOf: [UInt8(ascii: "u"), 0x30, 0x30, 0x30 + byte >> 4, low + (low < 10 ? 0x30 : 0x57)])
        }
    }

    /// Decimal digits, filled with zeros in front up to a count.
    private mutating func digits(_ value: UInt64, minimumCount: Int) {
        var rest = value
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        while bytes.count - start < minimumCount { bytes.append(UInt8(ascii: "0")) }
        bytes[start...].reverse()
    }

    /// By pieces of 19 digits, which fit 64 bits: 128-bit division is slow.
    private mutating func wideDigits(_ value: UInt128) {
        let (high, low) = value.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
        if let small = UInt64(exactly: high) {
            digits(small, minimumCount: 1)
        } else {
            wideDigits(high)
        }
        digits(UInt64(low), minimumCount: 19)
    }
}
