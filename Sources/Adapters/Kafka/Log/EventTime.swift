import Glibc

/// `ce_time`: RFC 3339 in UTC with six digits of a second, such as `2024-02-29T12:30:00.000001Z`. Remembers the last
/// day, since records that lie together are of one day: the calendar is asked once a day, not once a record.
struct EventTime {
    /// Length of what is written.
    static let byteCount = 27
    private static let dayByteCount = 10
    private static let microsecondsADay: Int64 = 86_400_000_000

    /// The text of the last time written.
    private(set) var text = [UInt8](repeating: 0, count: EventTime.byteCount)
    private var writtenDay: Int64?
    private var readDay: (text: SIMD16<UInt8>, day: Int64)?

    /// Writes a time into `text`; false when its year has not four digits, which RFC 3339 cannot name.
    mutating func write(microseconds: Int64) -> Bool {
        var day = microseconds / Self.microsecondsADay
        if microseconds % Self.microsecondsADay < 0 { day -= 1 }
        if day != writtenDay {
            guard writeDay(day) else { return false }
            writtenDay = day
        }
        let rest = microseconds &- day &* Self.microsecondsADay
        let seconds = rest / 1_000_000
        writeDigits(seconds / 3_600, at: 11, count: 2)
        writeDigits(seconds / 60 % 60, at: 14, count: 2)
        writeDigits(seconds % 60, at: 17, count: 2)
        writeDigits(rest % 1_000_000, at: 20, count: 6)
        return true
    }

    /// Reads a time in UTC with up to nine digits of a second; nil for anything else.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let count = bytes.count
        guard count >= 20, unsafe bytes[10] == UInt8(ascii: "T"), unsafe bytes[13] == UInt8(ascii: ":"),
            unsafe bytes[16] == UInt8(ascii: ":"), unsafe bytes[count - 1] == UInt8(ascii: "Z"),
            let day = unsafe readDay(bytes), let hour = unsafe Self.number(bytes, 11..<13), hour < 24,
            let minute = unsafe Self.number(bytes, 14..<16), minute < 60,
            let second = unsafe Self.number(bytes, 17..<19), second < 60
        else { return nil }
        var microsecond: Int64 = 0
        if count > 20 {
            guard unsafe bytes[19] == UInt8(ascii: "."), (22...30).contains(count),
                let fraction = unsafe Self.number(bytes, 20..<(count - 1))
            else { return nil }
            microsecond = fraction
            for _ in (count - 21)..<max(6, count - 21) { microsecond *= 10 }
            for _ in 6..<max(6, count - 21) { microsecond /= 10 }
        }
        let seconds = (day * 24 + hour) * 3_600 + minute * 60 + second
        return seconds * 1_000_000 + microsecond
    }

    private mutating func writeDay(_ day: Int64) -> Bool {
        var seconds = time_t(day * 86_400)
        var date = unsafe tm()
        guard unsafe gmtime_r(&seconds, &date) != nil, unsafe (-1_900..<8_100).contains(date.tm_year) else {
            return false
        }
        text = Array("0000-00-00T00:00:00.000000Z".utf8)
        unsafe writeDigits(Int64(date.tm_year) + 1_900, at: 0, count: 4)
        unsafe writeDigits(Int64(date.tm_mon) + 1, at: 5, count: 2)
        unsafe writeDigits(Int64(date.tm_mday), at: 8, count: 2)
        return true
    }

    private mutating func writeDigits(_ value: Int64, at start: Int, count: Int) {
        var rest = value
        for index in stride(from: start + count - 1, through: start, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Days since the epoch.
    private mutating func readDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var text = SIMD16<UInt8>()
        for index in 0..<Self.dayByteCount { text[index] = unsafe bytes[index] }
        if let readDay, readDay.text == text { return readDay.day }
        guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = unsafe Self.number(bytes, 0..<4), let month = unsafe Self.number(bytes, 5..<7),
            let dayOfMonth = unsafe Self.number(bytes, 8..<10)
        else { return nil }
        var date = unsafe tm()
        unsafe date.tm_year = Int32(year - 1_900)
        unsafe date.tm_mon = Int32(month - 1)
        unsafe date.tm_mday = Int32(dayOfMonth)
        let seconds = unsafe timegm(&date)
        // The calendar carries over what is too large; then it was no date.
        guard unsafe date.tm_mon == Int32(month - 1), unsafe date.tm_mday == Int32(dayOfMonth) else { return nil }
        readDay = (text, Int64(seconds) / 86_400)
        return Int64(seconds) / 86_400
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for index in range {
            let digit = unsafe bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }
}
