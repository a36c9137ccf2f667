import Events
import JSON

/// How much of an asset moved, read from `quantity`: `int` with `decimals`, else `numeric`; never from `float`, which
/// is rounded (domain.md 3.1.1).
struct ZerionQuantity {
    let amount: Amount
    let decimals: UInt8

    /// `assetDecimals` are the implementation's own, for a quantity that states none.
    init(_ quantity: JSONValue, assetDecimals: JSONValue?) throws(Refusal) {
        guard quantity.kind == .object else { throw Refusal(.wrongShape, "", quantity) }
        let stated = quantity.presentValue(forKey: "decimals") ?? assetDecimals
        if let int = quantity.presentValue(forKey: "int") {
            let digits = try Self.nonNegativeDigits(of: int, field: "int")
            guard let stated else { throw Refusal(.missingField, "decimals") }
            decimals = try Self.decimals(stated)
            amount = try Self.amount(digits, of: int, field: "int")
        } else if let numeric = quantity.presentValue(forKey: "numeric") {
            let text = try Self.nonNegativeDigits(of: numeric, field: "numeric")
            let scaled = try Self.scale(text, of: numeric, decimals: stated)
            decimals = scaled.decimals
            amount = try Self.amount(scaled.digits, of: numeric, field: "numeric")
        } else {
            throw Refusal(.missingField, "int")
        }
    }

    private static func nonNegativeDigits(
        of value: JSONValue, field: StaticString
    ) throws(Refusal) -> ArraySlice<UInt8> {
        let digits = try ZerionFields.digits(of: value, field: field)
        guard digits.first != UInt8(ascii: "-") else { throw Refusal(.negativeQuantity, "\(field)", value) }
        return digits
    }

    private static func decimals(_ value: JSONValue) throws(Refusal) -> UInt8 {
        guard value.kind == .number else { throw Refusal(.wrongShape, "decimals", value) }
        guard let decimals = try? value.integer(as: Int64.self), decimals >= 0 else {
            throw Refusal(.invalidNumber, "decimals", value)
        }
        guard decimals <= Leg.maximumDecimals else { throw Refusal(.outOfBounds, "decimals", value) }
        return UInt8(decimals)
    }

    private static func amount(
        _ digits: ArraySlice<UInt8>, of value: JSONValue, field: StaticString
    ) throws(Refusal) -> Amount {
        if let amount = Amount(digits: digits) { return amount }
        let isNumber = !digits.isEmpty && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
        throw Refusal(isNumber ? .outOfBounds : .invalidNumber, "\(field)", value)
    }

    /// Base units of a decimal text: without its point, filled with zeros up to the decimals. Digits finer than the
    /// decimals must be zeros.
    private static func scale(
        _ text: ArraySlice<UInt8>, of value: JSONValue, decimals stated: JSONValue?
    ) throws(Refusal) -> (digits: ArraySlice<UInt8>, decimals: UInt8) {
        let whole = text.prefix { $0 != UInt8(ascii: ".") }
        let fraction = text.dropFirst(whole.count + 1)
        guard !whole.isEmpty, whole.count == text.count || !fraction.isEmpty else {
            throw Refusal(.invalidNumber, "numeric", value)
        }
        let decimals: UInt8
        if let stated {
            decimals = try Self.decimals(stated)
        } else {
            guard fraction.count <= Leg.maximumDecimals else { throw Refusal(.outOfBounds, "numeric", value) }
            decimals = UInt8(fraction.count)
        }
        guard fraction.dropFirst(Int(decimals)).allSatisfy({ $0 == UInt8(ascii: "0") }) else {
            throw Refusal(.invalidNumber, "numeric", value)
        }
        let kept = fraction.prefix(Int(decimals))
        let zeros = repeatElement(UInt8(ascii: "0"), count: Int(decimals) - kept.count)
        return ((whole + kept + zeros)[...], decimals)
    }
}
