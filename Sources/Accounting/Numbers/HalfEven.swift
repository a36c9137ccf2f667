/// Products and quotients through 256 bits, checked, rounded half to even (I8).
enum HalfEven {
    /// `left × right ÷ divisor`; throws for a zero divisor and for a result beyond 128 bits.
    static func product(
        _ left: Int128, _ right: Int128, dividedBy divisor: Int128
    ) throws(ArithmeticError) -> Int128 {
        guard divisor != 0 else { throw .divisionByZero }
        let (high, low) = left.magnitude.multipliedFullWidth(by: right.magnitude)
        let magnitude = try quotient(high, low, by: divisor.magnitude)
        return try signed(magnitude, isNegative: ((left < 0) != (right < 0)) != (divisor < 0))
    }

    /// `left × right × 10^exponent`; throws for a result beyond 128 bits.
    static func product(_ left: Int128, _ right: Int128, scaledBy exponent: Int) throws(ArithmeticError) -> Int128 {
        let (high, low) = left.magnitude.multipliedFullWidth(by: right.magnitude)
        let magnitude: UInt128
        if exponent >= 0 {
            magnitude = try multiplied(high, low, byPowerOfTen: exponent)
        } else if exponent >= -PowersOfTen.largest {
            magnitude = try quotient(high, low, by: PowersOfTen[-exponent])
        } else {
            magnitude = try smallQuotient(high, low, byPowerOfTen: -exponent)
        }
        return try signed(magnitude, isNegative: (left < 0) != (right < 0))
    }

    private static func multiplied(
        _ high: UInt128, _ low: UInt128, byPowerOfTen exponent: Int
    ) throws(ArithmeticError) -> UInt128 {
        if high == 0, low == 0 { return 0 }
        guard high == 0, exponent <= PowersOfTen.largest else { throw .overflow }
        let (product, overflowed) = low.multipliedReportingOverflow(by: PowersOfTen[exponent])
        guard !overflowed else { throw .overflow }
        return product
    }

    private static func quotient(
        _ high: UInt128, _ low: UInt128, by divisor: UInt128
    ) throws(ArithmeticError) -> UInt128 {
        if high == 0 {
            let quotient = low / divisor
            return try rounded(quotient, remainder: low &- quotient &* divisor, divisor: divisor, isAbove: false)
        }
        guard high < divisor else { throw .overflow }
        let (quotient, remainder) = divisor.dividingFullWidth((high, low))
        return try rounded(quotient, remainder: remainder, divisor: divisor, isAbove: false)
    }

    /// Divides by more than 10^38 in two steps; what the first leaves over only breaks ties of the second.
    private static func smallQuotient(
        _ high: UInt128, _ low: UInt128, byPowerOfTen exponent: Int
    ) throws(ArithmeticError) -> UInt128 {
        let rest = exponent - PowersOfTen.largest
        // Factors of at most 2^127 make a product below 3 × 10^76: over 10^77 it is less than a half.
        guard rest <= PowersOfTen.largest else { return 0 }
        let first = PowersOfTen[PowersOfTen.largest]
        let (leading, left) = first.dividingFullWidth((high, low))
        let divisor = PowersOfTen[rest]
        let (quotient, remainder) = leading.quotientAndRemainder(dividingBy: divisor)
        return try rounded(quotient, remainder: remainder, divisor: divisor, isAbove: left != 0)
    }

    /// Rounds `quotient + remainder ÷ divisor`, where `isAbove` says that the true remainder is a little more.
    private static func rounded(
        _ quotient: UInt128, remainder: UInt128, divisor: UInt128, isAbove: Bool
    ) throws(ArithmeticError) -> UInt128 {
        let complement = divisor &- remainder
        guard remainder > complement || (remainder == complement && (isAbove || quotient & 1 == 1)) else {
            return quotient
        }
        let (up, overflowed) = quotient.addingReportingOverflow(1)
        guard !overflowed else { throw .overflow }
        return up
    }

    private static func signed(_ magnitude: UInt128, isNegative: Bool) throws(ArithmeticError) -> Int128 {
        if let value = Int128(exactly: magnitude) { return isNegative ? -value : value }
        guard isNegative, magnitude == Int128.min.magnitude else { throw .overflow }
        return .min
    }
}
