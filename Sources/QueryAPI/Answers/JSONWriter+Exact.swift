import Accounting
import Events
import JSON
import ReadModels

extension JSONWriter {
    /// A text, or null.
    mutating func optional(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    /// `units × 10^-scale` as a JSON number with all its digits, as lists carry figures (domain.md 1.1).
    mutating func exactNumber(_ units: Int128, scale: Int) {
        var digits: [UInt8] = []
        FixedPointText.append(units, scale: scale, to: &digits)
        number(digits: digits)
    }

    /// A JSON number whose digits are a text of PostgreSQL's `numeric`, or null.
    mutating func exactNumber(_ digits: String?) {
        if let digits { number(digits: digits.utf8) } else { null() }
    }

    /// USD as a decimal string, or null.
    mutating func optional(_ money: Money?) {
        if let money { self.money(money) } else { null() }
    }

    /// A quotient as a decimal string, or null when there is nothing to divide by.
    mutating func ratioText(_ numerator: Int128, by denominator: Int128, shift: Int = 0) {
        if denominator == 0 { null() } else { quotient(numerator, by: denominator, shift: shift) }
    }
}
