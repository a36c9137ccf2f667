/// An exact count of base units, 0 … 2^256 − 1: whatever an EVM contract can say survives the log.
public struct Amount: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Bits 128…255.
    public let high: UInt128
    /// Bits 0…127.
    public let low: UInt128

    /// No units.
    public static let zero = Amount(high: 0, low: 0)
    /// Decimal digits of the largest amount.
    public static let maximumDigitCount = 78
    /// Bytes of the largest amount in two's complement: its 256 bits and a sign.
    public static let maximumByteCount = 33

    /// Joins two halves.
    public init(high: UInt128 = 0, low: UInt128) {
        self.high = high
        self.low = low
    }

    /// Reads decimal digits without sign; nil for anything else and for what exceeds 256 bits.
    public init?(digits: some Collection<UInt8>) { self.init(digits: Array(digits)[...]) }

    /// Reads decimal digits as above; for digits that lie in a larger text.
    public init?(digits: ArraySlice<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var high: UInt128 = 0
        var low: UInt128 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            // Nearly every amount stays below this all the way.
            if low <= Self.largestBeforeCarry, high == 0 {
                low = low &* 10 &+ UInt128(digit - UInt8(ascii: "0"))
                continue
            }
            let (carry, shifted) = low.multipliedFullWidth(by: 10)
            let (sum, overflowed) = shifted.addingReportingOverflow(UInt128(digit - UInt8(ascii: "0")))
            let (product, productOverflowed) = high.multipliedReportingOverflow(by: 10)
            let (top, topOverflowed) = product.addingReportingOverflow(carry + (overflowed ? 1 : 0))
            guard !productOverflowed, !topOverflowed else { return nil }
            high = top
            low = sum
        }
        self.init(high: high, low: low)
    }

    /// A tenth of what 128 bits hold, less the digit that follows.
    private static let largestBeforeCarry = UInt128.max / 10 - 1

    /// Reads big-endian two's complement; nil for a negative number and for more than 256 bits.
    public init?(twosComplement bytes: some Collection<UInt8>) {
        guard bytes.first ?? 0 < 0x80, bytes.drop(while: { $0 == 0 }).count <= 32 else { return nil }
        var high: UInt128 = 0
        var low: UInt128 = 0
        for byte in bytes {
            high = high << 8 | low >> 120
            low = low << 8 | UInt128(byte)
        }
        self.init(high: high, low: low)
    }

    /// Big-endian two's complement in its shortest form: no byte for zero, 33 at most.
    public var twosComplement: [UInt8] {
        var bytes: [UInt8] = []
        for half in [high, low] {
            for shift in stride(from: 120, through: 0, by: -8) {
                let byte = UInt8(truncatingIfNeeded: half >> UInt128(shift))
                if bytes.isEmpty, byte == 0 { continue }
                if bytes.isEmpty, byte >= 0x80 { bytes.append(0) }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// The amount where 128-bit signed arithmetic can represent it, else nil (I8).
    public var int128: Int128? { high == 0 ? Int128(exactly: low) : nil }

    /// Whether there are no units.
    public var isZero: Bool { high == 0 && low == 0 }

    /// Decimal digits.
    public var description: String {
        guard high != 0 else { return low.description }
        // 10^38 is the largest power of ten in 128 bits: the quotient of the first division fits 130 bits, so the
        // halves are divided one after the other.
        let unit: UInt128 = 100_000_000_000_000_000_000_000_000_000_000_000_000
        let (top, carried) = high.quotientAndRemainder(dividingBy: unit)
        let (middle, rest) = unit.dividingFullWidth((carried, low))
        let quotient = Amount(high: top, low: middle)
        let digits = rest.description
        return quotient.description + String(repeating: "0", count: 38 - digits.count) + digits
    }

    /// Orders by count of units.
    public static func < (left: Amount, right: Amount) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}
