/// A number as its decimal digits say it: `coefficient × 10^exponent`, without trailing zeros, never rounded.
public struct DecimalNumber: Sendable, Hashable {
    /// Digits without the point, sign included.
    public let coefficient: Int128
    /// Power of ten the coefficient is scaled by.
    public let exponent: Int32

    /// Zero, in its only form.
    public static let zero = DecimalNumber(coefficient: 0, exponent: 0)
    /// Bounds of the exponent once trailing zeros are gone; wider than any binary floating-point number.
    public static let exponentBounds: ClosedRange<Int32> = -400...400
    /// Most significant digits a number may have.
    public static let maximumDigitCount = 38

    /// Removes trailing zeros, so that equal numbers are equal values.
    public init(coefficient: Int128, exponent: Int32) {
        var coefficient = coefficient
        var exponent = coefficient == 0 ? 0 : exponent
        while coefficient.isNonzeroMultipleOfTen, exponent < Int32.max {
            coefficient /= 10
            exponent += 1
        }
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// Reads a number in JSON's grammar (RFC 8259, section 6); leading zeros are allowed, a missing digit is not.
    ///
    /// Throws when the text is no number, has more than 38 significant digits or leaves the exponent's bounds.
    public init(text: some Collection<UInt8>) throws(NumberError) { try self.init(text: Array(text)[...]) }

    /// Reads a number as above; for digits that lie in a larger text, where a generic call for each would cost most.
    public init(text: ArraySlice<UInt8>) throws(NumberError) {
        var reader = DecimalReader()
        for byte in text { try reader.take(byte) }
        self = try reader.finish()
    }

    /// Whether the number is below zero.
    public var isNegative: Bool { coefficient < 0 }
}

/// Why a text is not an exact number of this system.
public enum NumberError: Error, Sendable, Hashable {
    /// The text does not follow the grammar of a number.
    case malformed
    /// More significant digits than 38.
    case tooManyDigits
    /// The power of ten is out of bounds.
    case exponentOutOfBounds
}

extension Int128 {
    /// Asked of every number read from the log, where nearly none is: decided without a 128-bit division.
    fileprivate var isNonzeroMultipleOfTen: Bool {
        guard self != 0, self & 1 == 0 else { return false }
        // 2^64 leaves 1 when divided by 5, so the halves' remainders add up to the whole's.
        let high = UInt64(truncatingIfNeeded: magnitude >> 64)
        let low = UInt64(truncatingIfNeeded: magnitude)
        return (high % 5 + low % 5) % 5 == 0
    }
}

/// Reads the digits of a decimal number one byte at a time.
private struct DecimalReader {
    private enum Place { case start, whole, point, fraction, exponentMark, exponentSign, exponent }
    private var place = Place.start
    private var isNegative = false
    private var coefficient: Int128 = 0
    private var digitCount = 0
    private var pendingZeros: Int32 = 0
    private var exponent: Int32 = 0
    private var writtenExponent: Int32 = 0
    private var exponentIsNegative = false
    private static let writtenExponentLimit: Int32 = 100_000

    mutating func take(_ byte: UInt8) throws(NumberError) {
        switch (byte, place) {
        case (UInt8(ascii: "-"), .start) where !isNegative: isNegative = true
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), .start), (UInt8(ascii: "0")...UInt8(ascii: "9"), .whole):
            place = .whole
            try append(byte, isFraction: false)
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), .point), (UInt8(ascii: "0")...UInt8(ascii: "9"), .fraction):
            place = .fraction
            try append(byte, isFraction: true)
        case (UInt8(ascii: "."), .whole): place = .point
        case (UInt8(ascii: "e"), .whole), (UInt8(ascii: "E"), .whole), (UInt8(ascii: "e"), .fraction),
            (UInt8(ascii: "E"), .fraction):
            place = .exponentMark
        case (UInt8(ascii: "-"), .exponentMark), (UInt8(ascii: "+"), .exponentMark):
            place = .exponentSign
            exponentIsNegative = byte == UInt8(ascii: "-")
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponentMark),
            (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponentSign),
            (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponent):
            place = .exponent
            writtenExponent = min(writtenExponent * 10 + Int32(byte - UInt8(ascii: "0")), Self.writtenExponentLimit)
        default: throw .malformed
        }
    }

    /// Zeros count only once a later digit follows, so that trailing ones never exhaust the coefficient.
    private mutating func append(_ byte: UInt8, isFraction: Bool) throws(NumberError) {
        if isFraction { exponent -= 1 }
        if byte == UInt8(ascii: "0") {
            if coefficient != 0 { pendingZeros += 1 }
            return
        }
        let shift = Int(pendingZeros) + 1
        guard digitCount + shift <= DecimalNumber.maximumDigitCount else { throw .tooManyDigits }
        for _ in 0..<shift { coefficient *= 10 }
        coefficient += Int128(byte - UInt8(ascii: "0"))
        digitCount += shift
        pendingZeros = 0
    }

    func finish() throws(NumberError) -> DecimalNumber {
        guard place == .whole || place == .fraction || place == .exponent else { throw .malformed }
        guard coefficient != 0 else { return .zero }
        let scale = exponent + pendingZeros + (exponentIsNegative ? -writtenExponent : writtenExponent)
        guard DecimalNumber.exponentBounds.contains(scale) else { throw .exponentOutOfBounds }
        return DecimalNumber(coefficient: isNegative ? -coefficient : coefficient, exponent: scale)
    }
}
