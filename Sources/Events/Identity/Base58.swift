/// Base58 with Bitcoin's alphabet, as Solana writes addresses. Leading zero bytes are leading ones.
public enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let values: [Int8] = {
        var table = [Int8](repeating: -1, count: 256)
        for (value, digit) in alphabet.enumerated() { table[Int(digit)] = Int8(value) }
        return table
    }()
    /// Longest text that is decoded; 64 bytes need 88 digits at most.
    private static let maximumDigitCount = 96

    /// The digits of `bytes`.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        var digits: [UInt8] = []  // least significant first
        for byte in bytes.dropFirst(leadingZeros) {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) << 8
                digits[index] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = repeatElement(alphabet[0], count: leadingZeros)
        return String(decoding: Array(zeros) + digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes behind `text`; nil for a foreign digit, no digit at all or more than 96.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard !text.isEmpty, text.count <= maximumDigitCount else { return nil }
        let leadingZeros = text.prefix { $0 == alphabet[0] }.count
        var bytes: [UInt8] = []  // least significant first
        for digit in text.dropFirst(leadingZeros) {
            let value = values[Int(digit)]
            guard value >= 0 else { return nil }
            var carry = Int(value)
            for index in bytes.indices {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(truncatingIfNeeded: carry))
                carry >>= 8
            }
        }
        return Array(repeatElement(0, count: leadingZeros)) + bytes.reversed()
    }
}
