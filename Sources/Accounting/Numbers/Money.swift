/// An amount of USD in units of 10^-18, exact within 128 bits; every operation that could leave them throws (I8).
public struct Money: Sendable, Hashable, Comparable {
    /// Count of 10^-18 USD.
    public let units: Int128

    /// No money.
    public static let zero = Money(units: 0)
    /// Decimal places kept.
    public static let scale = 18
    /// Units of one USD.
    public static let unitsPerDollar: Int128 = 1_000_000_000_000_000_000

    /// Takes a count of 10^-18 USD.
    public init(units: Int128) { self.units = units }

    /// The sum; throws when it leaves 128 bits.
    public func adding(_ other: Money) throws(ArithmeticError) -> Money {
        let (sum, overflowed) = units.addingReportingOverflow(other.units)
        guard !overflowed else { throw .overflow }
        return Money(units: sum)
    }

    /// The difference; throws when it leaves 128 bits.
    public func subtracting(_ other: Money) throws(ArithmeticError) -> Money {
        let (difference, overflowed) = units.subtractingReportingOverflow(other.units)
        guard !overflowed else { throw .overflow }
        return Money(units: difference)
    }

    /// Orders by count of units.
    public static func < (left: Money, right: Money) -> Bool { left.units < right.units }
}

/// Why an exact operation has no result.
public enum ArithmeticError: Error, Sendable, Hashable {
    /// The result does not fit 128 bits.
    case overflow
    /// A quotient by zero.
    case divisionByZero
}
