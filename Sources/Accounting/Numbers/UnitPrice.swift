public import Events

/// USD a whole unit of an asset, kept as it was stated so that tiny prices lose nothing.
public enum UnitPrice: Sendable, Hashable {
    /// The digits of whoever stated it.
    case digits(DecimalNumber)
    /// So much for so many base units, more than none: a price that follows from a total.
    case ratio(Money, baseUnits: Int128)

    /// No money for any quantity.
    public static let zero = UnitPrice.digits(.zero)

    /// What `baseUnits` of an asset with `decimals` are worth, rounded once, half-even, to 10^-18 USD.
    public func value(ofBaseUnits baseUnits: Int128, decimals: UInt8) throws(ArithmeticError) -> Money {
        switch self {
        case .digits(let price):
            let exponent = Int(price.exponent) - Int(decimals) + Money.scale
            return Money(units: try HalfEven.product(baseUnits, price.coefficient, scaledBy: exponent))
        case .ratio(let total, let quantity):
            return Money(units: try HalfEven.product(total.units, baseUnits, dividedBy: quantity))
        }
    }
}
