import Glibc
import Runtime
import Testing

@testable import Events

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "Known moments have their known text",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000000Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_709_209_800_000_001, "2024-02-29T12:30:00.000001Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (Timestamp.latestMicroseconds, "9999-12-31T23:59:59.999999Z"),
        ])
    func knownMoments(microseconds: Int64, text: String) {
        #expect(Timestamp.format(microseconds: microseconds) == text)
        #expect(Timestamp.parse(text) == microseconds)
    }

    @Test(
        "Fractions and offsets are understood",
        arguments: [
            ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000000Z"),
            ("2024-01-02T03:04:05.5Z", "2024-01-02T03:04:05.500000Z"),
            ("2024-01-02T03:04:05.123456789Z", "2024-01-02T03:04:05.123456Z"),
            ("2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05.000000Z"),
            ("2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00.000000Z"),
            ("2023-12-31T23:30:00.25-05:45", "2024-01-01T05:15:00.250000Z"),
            ("1970-01-01T01:00:00+01:00", "1970-01-01T00:00:00.000000Z"),
        ])
    func accepted(text: String, utc: String) {
        #expect(Timestamp.parse(text).map { Timestamp.format(microseconds: $0) } == utc)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "2024", "2024-01-02", "2024-01-02T03:04:05", "2024-01-02 03:04:05Z", "2024-01-02t03:04:05Z",
            "2024-01-02T03:04:05z", "2024-01-02T03:04:05.Z", "2024-01-02T03:04:05.1234567890Z", "2024-13-02T03:04:05Z",
            "2024-00-02T03:04:05Z", "2023-02-29T03:04:05Z", "2100-02-29T03:04:05Z", "2024-04-31T03:04:05Z",
            "2024-01-02T24:00:00Z", "2024-01-02T03:60:05Z", "2024-01-02T03:04:60Z", "2024-01-02T03:04:05+0100",
            "2024-01-02T03:04:05+24:00", "2024-01-02T03:04:05+01:60", "2024-01-02T03:04:05ZZ", "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "+2024-01-02T03:04:05Z", "2024-1-02T03:04:05Z",
            "2024-01-02T03:04:05.123456789+23:59Z", "2024-01-02T03:04:0\u{665}Z",
        ])
    func refused(text: String) { #expect(Timestamp.parse(text) == nil) }

    @Test("Every day from 1970 to 9999 follows the day before, and text and number agree")
    func everyDay() {
        var (year, month, day) = (Int64(1970), Int64(1), Int64(1))
        let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for days in Int64(0)...2_932_896 {
            let date = CivilDate(daysSinceEpoch: days)
            guard date.year == year, date.month == month, date.day == day, date.daysSinceEpoch == days else {
                Issue.record("Day \(days) is \(date), not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            day += 1
            if day > lengths[Int(month) - 1] + (isLeap && month == 2 ? 1 : 0) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(year == 10_000)
    }

    @Test("Random moments survive the round trip and agree with the C library")
    func roundTrip() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix(state: seed)
        for _ in 0..<20_000 {
            let moment = Int64.random(in: 0...Timestamp.latestMicroseconds, using: &generator)
            let text = Timestamp.format(microseconds: moment)
            var seconds = time_t(moment / 1_000_000)
            var fields = tm()
            gmtime_r(&seconds, &fields)
            let prefix = [
                fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday, fields.tm_hour, fields.tm_min, fields.tm_sec,
            ]
            let numbers = text.prefix(19).split { "-T:".contains($0) }.compactMap { Int32($0) }
            #expect(numbers == prefix, "seed \(seed)")
            #expect(Timestamp.parse(Array(text.utf8)[...]) == moment, "seed \(seed)")
        }
    }

    @Test("A wild number has a text that cannot be mistaken", arguments: [Int64.min, Int64.max])
    func wildNumbers(microseconds: Int64) {
        let text = Timestamp.format(microseconds: microseconds)
        #expect(text.hasPrefix(microseconds < 0 ? "-290308-12-21T19:59:05.224192Z" : "+294247-01-10T04:00:54.775807Z"))
        #expect(Timestamp.parse(text) == nil)
    }

    @Test("A clock says what it is told, and the system's clock is in this century")
    func clocks() {
        #expect(WallClock { 42 }.nowMicroseconds() == 42)
        #expect(Timestamp.format(microseconds: WallClock.system.nowMicroseconds()).hasPrefix("20"))
    }
}

/// A seeded generator, so that a failure can be repeated (S. Vigna, splitmix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
