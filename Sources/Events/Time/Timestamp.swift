/// RFC 3339 text and microseconds since 1970-01-01T00:00:00Z, without Foundation.
///
/// Civil dates are counted from 1 March, so that the leap day is the last of its year
/// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
public enum Timestamp {
    /// The latest moment that RFC 3339 can name: 9999-12-31T23:59:59.999999Z.
    public static let latestMicroseconds: Int64 = 253_402_300_799_999_999
    /// The longest accepted text: `9999-12-31T23:59:59.999999999+23:59`.
    @usableFromInline static let maximumByteCount = 35

    /// Text such as `2024-02-29T12:30:00.000001Z`; see `append` for years outside 0000–9999.
    public static func format(microseconds: Int64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        append(microseconds: microseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `format`. A year outside 0000–9999 is written in the signed six-digit form of ISO 8601,
    /// which `parse` refuses: a log line must never trap on a wild number.
    public static func append(microseconds: Int64, to bytes: inout [UInt8]) {
        let (days, timeOfDay) = microseconds.flooredQuotientAndRemainder(dividingBy: 86_400_000_000)
        let date = CivilDate(daysSinceEpoch: days)
        if (0...9999).contains(date.year) {
            appendDigits(date.year, width: 4, to: &bytes)
        } else {
            bytes.append(date.year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            appendDigits(abs(date.year), width: 6, to: &bytes)
        }
        bytes.append(UInt8(ascii: "-"))
        appendDigits(date.month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(date.day, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        let seconds = timeOfDay / 1_000_000
        appendDigits(seconds / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(seconds % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        appendDigits(timeOfDay % 1_000_000, width: 6, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Microseconds of an RFC 3339 text; nil for anything else, for leap seconds and for moments outside 1970–9999.
    /// Digits of the fraction beyond the sixth are cut off; more than nine are refused.
    @inlinable public static func parse(_ bytes: some Collection<UInt8>) -> Int64? {
        var text = InlineArray<35, UInt8>(repeating: 0)
        var count = 0
        for byte in bytes {
            guard count < maximumByteCount else { return nil }
            text[count] = byte
            count += 1
        }
        return parse(text: text, count: count)
    }

    /// `parse` on the bytes of the string.
    @inlinable public static func parse(_ text: some StringProtocol) -> Int64? { parse(text.utf8) }

    @usableFromInline static func parse(text: InlineArray<35, UInt8>, count: Int) -> Int64? {
        guard count >= 20,
            text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let century = twoDigits(text, at: 0), let yearOfCentury = twoDigits(text, at: 2),
            let month = twoDigits(text, at: 5), let day = twoDigits(text, at: 8),
            let hour = twoDigits(text, at: 11), let minute = twoDigits(text, at: 14),
            let second = twoDigits(text, at: 17),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: century * 100 + yearOfCentury, month: month, day: day)
        else { return nil }

        var index = 19
        guard let fraction = fractionMicroseconds(text, count: count, index: &index),
            let offsetMinutes = offsetMinutes(text, count: count, index: index)
        else { return nil }
        let minutes = date.daysSinceEpoch * 1440 + hour * 60 + minute - offsetMinutes
        let microseconds = (minutes * 60 + second) * 1_000_000 + fraction
        return (0...latestMicroseconds).contains(microseconds) ? microseconds : nil
    }

    private static func twoDigits(_ text: InlineArray<35, UInt8>, at index: Int) -> Int64? {
        let tens = text[index] &- UInt8(ascii: "0"), ones = text[index + 1] &- UInt8(ascii: "0")
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : nil
    }

    /// Reads `.` and one to nine digits if they are there, and moves `index` behind them.
    private static func fractionMicroseconds(
        _ text: InlineArray<35, UInt8>, count: Int, index: inout Int
    ) -> Int64? {
        guard text[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        var nanoseconds: Int64 = 0
        var digits = 0
        while index < count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            guard digits < 9 else { return nil }
            nanoseconds = nanoseconds * 10 + Int64(digit)
            digits += 1
            index += 1
        }
        guard digits > 0 else { return nil }
        while digits < 9 {
            nanoseconds *= 10
            digits += 1
        }
        return nanoseconds / 1000
    }

    /// Reads `Z` or `±hh:mm`, which must end the text.
    private static func offsetMinutes(_ text: InlineArray<35, UInt8>, count: Int, index: Int) -> Int64? {
        if index + 1 == count, text[index] == UInt8(ascii: "Z") { return 0 }
        guard index + 6 == count, text[index + 3] == UInt8(ascii: ":"),
            let hours = twoDigits(text, at: index + 1), let minutes = twoDigits(text, at: index + 4),
            hours < 24, minutes < 60
        else { return nil }
        switch text[index] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    private static func appendDigits(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = value
        for _ in 0..<width { bytes.append(UInt8(ascii: "0")) }
        for index in stride(from: start + width - 1, through: start, by: -1) {
            bytes[index] += UInt8(rest % 10)
            rest /= 10
        }
    }
}
