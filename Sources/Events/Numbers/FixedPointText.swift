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
