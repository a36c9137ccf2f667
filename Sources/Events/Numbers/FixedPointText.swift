/// Writes integers with decimals as exact decimal text: `-12.5`, never an exponent, no trailing zeros.
public enum FixedPointText {
    /// Appends `units × 10^-scale`.
    public static func append(_ units: Int128, scale: Int, to text: inout [UInt8]) {
        if units < 0 { text.append(UInt8(ascii: "-")) }
        var digits: [UInt8] = []  // least significant first
        var rest = units.magnitude
        while rest > 0 || digits.count <= scale {
            // 64-bit steps: dividing 128 bits once a digit would dominate rendering.
            let (quotient, chunk) = rest.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
            var part = UInt64(chunk)
            for _ in 0..<18 {
                digits.append(UInt8(part % 10) + UInt8(ascii: "0"))
                part /= 10
            }
            rest = quotient
        }
        append(reversedDigits: digits, scale: scale, to: &text)
    }

    /// Decimals a quotient is written with; what lies beyond is cut off.
    public static let quotientScale = 28

    /// Appends `numerator × 10^shift / denominator`, cut off after 28 decimals; the denominator must not be zero.
    public static func appendQuotient(_ numerator: Int128, by denominator: Int128, shift: Int, to text: inout [UInt8]) {
        precondition(denominator != 0, "the caller knows what an empty quotient means, this function does not")
        if (numerator < 0) != (denominator < 0), numerator != 0 { text.append(UInt8(ascii: "-")) }
        let divisor = denominator.magnitude
        let (whole, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
        var digits = Array(whole.description.utf8)  // most significant first
        var rest = remainder
        let fractionDigits = quotientScale + shift
        for _ in 0..<max(0, fractionDigits) {
            let (digit, next) = divisor.dividingFullWidth(rest.multipliedFullWidth(by: 10))
            digits.append(UInt8(digit) + UInt8(ascii: "0"))
            rest = next
        }
        if fractionDigits < 0 { digits.removeLast(min(-fractionDigits, digits.count)) }
        let missing = quotientScale + 1 - digits.count
        if missing > 0 { digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: 0) }
        append(reversedDigits: digits.reversed(), scale: quotientScale, to: &text)
    }

    private static func append(reversedDigits: [UInt8], scale: Int, to text: inout [UInt8]) {
        var digits = reversedDigits
        while digits.count > scale + 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let skipped = digits.prefix(scale).prefix { $0 == UInt8(ascii: "0") }.count
        text.append(contentsOf: digits[scale...].reversed())
        if skipped < scale {
            text.append(UInt8(ascii: "."))
            text.append(contentsOf: digits[skipped..<scale].reversed())
        }
    }

    /// `units × 10^-scale` as text.
    public static func string(_ units: Int128, scale: Int) -> String {
        var text: [UInt8] = []
        append(units, scale: scale, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
