import Testing

@testable import Kafka

@Suite("ce_time")
struct EventTimeTests {
    @Test(
        "A time is written in RFC 3339 and read back to the microsecond",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_709_209_800_000_001, "2024-02-29T12:30:00.000001Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func roundTrip(microseconds: Int64, text: String) {
        var time = EventTime()
        let isWritten = time.write(microseconds: microseconds)
        #expect(isWritten)
        #expect(String(decoding: time.text, as: UTF8.self) == text)
        #expect(read(text) == microseconds)
    }

    @Test(
        "Years that RFC 3339 cannot name are not written", arguments: [.max, .min, 253_402_300_800_000_000] as [Int64])
    func unnameable(microseconds: Int64) {
        var time = EventTime()
        let isWritten = time.write(microseconds: microseconds)
        #expect(!isWritten)
    }

    @Test("A remembered day does not colour the next: days forth and back are written and read as if alone")
    func manyDays() {
        var writer = EventTime()
        var reader = EventTime()
        for day in [0, 1, 19_782, 19_783, 19_782, -1, 0] as [Int64] {
            for rest in [0, 1, 86_399_999_999] as [Int64] {
                let microseconds = day * 86_400_000_000 + rest
                let isWritten = writer.write(microseconds: microseconds)
                let found = writer.text.withUnsafeBufferPointer { reader.read($0) }
                #expect(isWritten && found == microseconds)
            }
        }
    }

    @Test(
        "Fewer and more digits of a second are read, beyond six they are cut off",
        arguments: [
            ("1970-01-01T00:00:01Z", 1_000_000), ("1970-01-01T00:00:00.5Z", 500_000),
            ("1970-01-01T00:00:00.000001999Z", 1),
        ] as [(String, Int64)])
    func otherDigits(text: String, microseconds: Int64) { #expect(read(text) == microseconds) }

    @Test(
        "Anything else is no time",
        arguments: [
            "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z", "1970-13-01T00:00:00Z",
            "1970-02-30T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:00:00+00:00",
            "1970-01-01T00:00:00.0000000001Z",
            "1970/01/01T00:00:00Z", "19x0-01-01T00:00:00Z", "1970-01-01T00:60:00Z",
        ])
    func noTime(text: String) { #expect(read(text) == nil) }

    private func read(_ text: String) -> Int64? {
        var time = EventTime()
        return Array(text.utf8).withUnsafeBufferPointer { time.read($0) }
    }
}
