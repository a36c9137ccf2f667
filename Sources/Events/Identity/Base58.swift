/// Base58 with Bitcoin's alphabet, as Solana writes addresses. Leading zero bytes are leading ones.
///
/// Both directions work on 32-bit words and five digits at once: every record's key is read so.
public enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let values: [Int8] = {
        var table = [Int8](repeating: -1, count: 256)
        for (value, digit) in alphabet.enumerated() { table[Int(digit)] = Int8(value) }
        return table
    }()
    /// Longest text that is decoded; 64 bytes need 88 digits at most.
    private static let maximumDigitCount = 96
    /// Digits taken at once: 58^5 is the largest power of 58 in 32 bits.
    private static let groupDigitCount = 5
    private static let groupBase: UInt64 = 656_356_768

    /// The digits of `bytes`.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        var words = bigEndianWords(bytes.dropFirst(leadingZeros))
        var digits: [UInt8] = []  // least significant first
        digits.reserveCapacity(leadingZeros + bytes.count * 7 / 5 + groupDigitCount)
        var first = 0
        while first < words.count {
            var remainder: UInt64 = 0
            for index in first..<words.count {
                let dividend = remainder << 32 | UInt64(words[index])
                words[index] = UInt32(dividend / groupBase)
                remainder = dividend % groupBase
            }
            for _ in 0..<groupDigitCount {
                digits.append(alphabet[Int(remainder % 58)])
                remainder /= 58
            }
            while first < words.count, words[first] == 0 { first += 1 }
        }
        while digits.last == alphabet[0] { digits.removeLast() }
        digits.append(contentsOf: repeatElement(alphabet[0], count: leadingZeros))
        digits.reverse()
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes behind `text`; nil for a foreign digit, no digit at all or more than 96.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let digits = Array(text)
        guard !digits.isEmpty, digits.count <= maximumDigitCount else { return nil }
        let leadingZeros = digits.prefix { $0 == alphabet[0] }.count
        var words: [UInt32] = []  // least significant first
        words.reserveCapacity(maximumDigitCount * 6 / 32 + 1)
        var next = leadingZeros
        while next < digits.count {
            var factor: UInt64 = 1
            var carry: UInt64 = 0
            for digit in digits[next..<min(next + groupDigitCount, digits.count)] {
                let value = values[Int(digit)]
                guard value >= 0 else { return nil }
                factor *= 58
                carry = carry * 58 + UInt64(value)
            }
            for index in words.indices {
                carry += UInt64(words[index]) * factor
                words[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 { words.append(UInt32(carry)) }
            next += groupDigitCount
        }
        var bytes = [UInt8](repeating: 0, count: leadingZeros)
        bytes.reserveCapacity(leadingZeros + words.count * 4)
        for word in words.reversed() {
            for shift: UInt32 in [24, 16, 8, 0] {
                let byte = UInt8(truncatingIfNeeded: word >> shift)
                if byte != 0 || bytes.count > leadingZeros { bytes.append(byte) }
            }
        }
        return bytes
    }

    /// Joins bytes to words, most significant first; the first word holds what is left over.
    private static func bigEndianWords(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: (bytes.count + 3) / 4)
        var place = words.count * 4 - bytes.count
        for byte in bytes {
            words[place / 4] = words[place / 4] << 8 | UInt32(byte)
            place += 1
        }
        return words
    }
}
