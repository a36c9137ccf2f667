import Events

/// Whether a stated price and a stated value say the same, within 1 % of the value (domain.md 12.1).
enum LedgerAgreement {
    /// Compares `price × quantity` with `value`; 18 significant digits of each are looked at.
    static func agrees(price: DecimalNumber, quantity: DecimalNumber, value: DecimalNumber) -> Bool {
        let price = Shortened(price)
        let quantity = Shortened(quantity)
        let value = Shortened(value)
        let product = price.digits * quantity.digits
        guard product > 0, value.digits > 0 else { return product == value.digits }
        // Both sides at one scale: a difference of more than 20 digits is no agreement.
        let shift = price.exponent + quantity.exponent - value.exponent
        guard (-20...1).contains(shift) else { return false }
        let stated = shift < 0 ? value.digits.timesPowerOfTen(-shift) : value.digits
        let computed = shift > 0 ? product.timesPowerOfTen(shift) : product
        let difference = stated > computed ? stated - computed : computed - stated
        return difference <= stated / 100
    }

    /// A number cut to 18 significant digits, all of them used.
    private struct Shortened {
        var digits: UInt128
        var exponent: Int

        init(_ number: DecimalNumber) {
            digits = number.coefficient.magnitude
            exponent = Int(number.exponent)
            let limit: UInt128 = 1_000_000_000_000_000_000
            while digits >= limit {
                digits /= 10
                exponent += 1
            }
            while digits > 0, digits < limit / 10 {
                digits *= 10
                exponent -= 1
            }
        }
    }
}

extension UInt128 {
    /// Times 10^`count`; the caller bounds both.
    fileprivate func timesPowerOfTen(_ count: Int) -> UInt128 { (0..<count).reduce(self) { power, _ in power * 10 } }
}
