/// PostgreSQL's binary `numeric` (`numeric_send`, `numeric_recv`): the number of base-10,000 digits, the weight of the
/// first one, sign, displayed scale, then the digits, all 16 bits wide.
enum NumericCoding {
    /// Most decimal places of a 128-bit number whose every place is a digit of its own.
    static let maximumScale = 38
    private static let positive: UInt16 = 0x0000
    private static let negative: UInt16 = 0x4000
    private static let powersOfTen: [UInt128] = {
        var powers: [UInt128] = [1]
        for _ in 0..<maximumScale { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// Appends `units × 10^-scale`; throws for a scale out of bounds.
    static func append(units: Int128, scale: Int, to bytes: inout [UInt8]) throws(PostgresError) {
        guard (0...maximumScale).contains(scale) else {
            throw PostgresError(.outOfRange, "a scale of \(scale) is not within 0…\(maximumScale)")
        }
        // Groups of four digits meet at the decimal point, so the last one is filled up with zeros.
        let surplusDigits = scale % 4
        let fractionGroups = (scale + 3) / 4
        var magnitude = units.magnitude
        // 39 decimal digits and the filling make at most 11 groups.
        var groups = InlineArray<12, UInt16>(repeating: 0)
        var count = 0
        if surplusDigits != 0 {
            let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: powersOfTen[surplusDigits])
            groups[0] = UInt16(rest * powersOfTen[4 - surplusDigits])
            count = 1
            magnitude = quotient
        }
        // 128-bit divisions are dear: split into parts of 16 digits, which 64-bit arithmetic takes apart.
        while magnitude != 0 {
            let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: 10_000_000_000_000_000)
            var part = UInt64(rest)
            let isLast = quotient == 0
            for _ in 0..<4 where !isLast || part != 0 {
                groups[count] = UInt16(part % 10_000)
                part /= 10_000
                count += 1
            }
            magnitude = quotient
        }
        // The server's own form has no zero digits at its end.
        var end = 0
        while end < count, groups[end] == 0 { end += 1 }
        bytes.appendBigEndian(UInt16(count - end))
        bytes.appendBigEndian(count == end ? 0 : Int16(count - 1 - fractionGroups))
        bytes.appendBigEndian(units < 0 ? negative : positive)
        bytes.appendBigEndian(UInt16(scale))
        for index in stride(from: count - 1, through: end, by: -1) { bytes.appendBigEndian(groups[index]) }
    }

    /// Reads a number as units of `10^-scale`; throws for NaN, infinity, more places than `scale` that are not zero,
    /// and what does not fit 128 bits.
    static func units(of bytes: RawSpan, scale: Int) throws(PostgresError) -> Int128 {
        let header = 8
        guard bytes.byteCount >= header else { throw malformed }
        let count = Int(word(of: bytes, at: 0))
        let weight = Int(Int16(bitPattern: word(of: bytes, at: 1)))
        let sign = word(of: bytes, at: 2)
        guard bytes.byteCount == header + 2 * count else { throw malformed }
        guard sign == positive || sign == negative else {
            throw PostgresError(.outOfRange, "NaN and infinity are no amounts")
        }
        var magnitude: UInt128 = 0
        for index in 0..<count {
            let digit = UInt128(word(of: bytes, at: 4 + index))
            guard digit != 0 else { continue }
            magnitude = try adding(digit, exponent: 4 * (weight - index) + scale, to: magnitude)
        }
        if sign == positive, let units = Int128(exactly: magnitude) { return units }
        if sign == negative, let units = Int128(exactly: magnitude) { return -units }
        if sign == negative, magnitude == Int128.min.magnitude { return .min }
        throw tooLarge
    }

    /// Adds `digit × 10^exponent`, exactly.
    private static func adding(
        _ digit: UInt128, exponent: Int, to magnitude: UInt128
    ) throws(PostgresError) -> UInt128 {
        let addend: UInt128
        if exponent >= 0 {
            guard exponent <= maximumScale else { throw tooLarge }
            let (product, overflowed) = digit.multipliedReportingOverflow(by: powersOfTen[exponent])
            guard !overflowed else { throw tooLarge }
            addend = product
        } else {
            guard exponent > -4, digit % powersOfTen[-exponent] == 0 else {
                throw PostgresError(.outOfRange, "the number has more decimal places than expected")
            }
            addend = digit / powersOfTen[-exponent]
        }
        let (sum, overflowed) = magnitude.addingReportingOverflow(addend)
        guard !overflowed else { throw tooLarge }
        return sum
    }

    private static func word(of bytes: RawSpan, at index: Int) -> UInt16 {
        // Both bytes lie within the span: the callers have compared its length with the number of digits.
        unsafe UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
    }

    private static var malformed: PostgresError { PostgresError(.unexpectedShape, "the cell holds no numeric") }
    private static var tooLarge: PostgresError { PostgresError(.outOfRange, "the number exceeds 128 bits") }
}
