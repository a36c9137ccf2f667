public import Events

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

    /// Reads a decimal number of USD, rounded half-even to 10^-18; throws when it leaves 128 bits.
    public init(rounding dollars: DecimalNumber) throws(ArithmeticError) {
        units = try HalfEven.product(dollars.coefficient, 1, scaledBy: Int(dollars.exponent) + Self.scale)
    }

    /// Takes whole USD, for rules that name a bound.
    init(dollars: Int64) { units = Int128(dollars) * Self.unitsPerDollar }

    /// Orders by amount.
    public static func < (left: Money, right: Money) -> Bool { left.units < right.units }
}

extension Money {
    /// Adds in place; throws when the sum leaves 128 bits.
    mutating func add(_ other: Money) throws(ArithmeticError) { self = try adding(other) }

    /// The amount without its sign, one unit short for the least of all.
    var size: Money { Money(units: Int128(clamping: units.magnitude)) }

    /// Subtracts in place; throws when the difference leaves 128 bits.
    mutating func subtract(_ other: Money) throws(ArithmeticError) { self = try subtracting(other) }
}

extension Int128 {
    /// Adds a quantity in place; throws when the sum leaves 128 bits.
    mutating func add(_ other: Int128) throws(ArithmeticError) {
        let (sum, overflowed) = addingReportingOverflow(other)
        guard !overflowed else { throw .overflow }
        self = sum
    }

    /// The same quantity in base units of more decimals; throws when it leaves 128 bits.
    func rescaled(from decimals: UInt8, to finer: UInt8) throws(ArithmeticError) -> Int128 {
        try HalfEven.product(self, 1, scaledBy: Int(finer) - Int(decimals))
    }
}

/// Why an exact operation has no result.
public enum ArithmeticError: Error, Sendable, Hashable {
    /// The result does not fit 128 bits.
    case overflow
    /// A quotient by zero.
    case divisionByZero
}
