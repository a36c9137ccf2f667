public import Accounting
import Events
public import JSON

extension JSONWriter {
    /// An exact decimal as a JSON string, as the original serves money and quantities (domain.md 1.1).
    public mutating func decimal(_ units: Int128, scale: Int) {
        var text: [UInt8] = [UInt8(ascii: "\"")]
        FixedPointText.append(units, scale: scale, to: &text)
        text.append(UInt8(ascii: "\""))
        raw(text)
    }

    /// USD as a decimal string.
    public mutating func money(_ money: Money) { decimal(money.units, scale: Money.scale) }

    /// `numerator × 10^shift / denominator` as a decimal string of at most 28 decimals; "0" for an empty quotient.
    public mutating func quotient(_ numerator: Int128, by denominator: Int128, shift: Int = 0) {
        var text: [UInt8] = [UInt8(ascii: "\"")]
        if denominator == 0 {
            text.append(UInt8(ascii: "0"))
        } else {
            FixedPointText.appendQuotient(numerator, by: denominator, shift: shift, to: &text)
        }
        text.append(UInt8(ascii: "\""))
        raw(text)
    }

    /// A moment as RFC 3339 in UTC (domain.md 1.1); null when there is none.
    public mutating func time(_ microseconds: Int64?) {
        if let microseconds { string(Timestamp.format(microseconds: microseconds)) } else { null() }
    }
}
