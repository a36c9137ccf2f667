import TestSupport
import Testing

@testable import Postgres

@Suite("Binary numeric")
struct NumericCodingTests {
    /// What PostgreSQL 15 sends for these numbers (`SELECT numeric_send(…)`).
    @Test(
        "Bytes are those of the server",
        arguments: [
            (Int128(0), 0, "0000000000000000" as String), (0, 18, "0000000000000012"),
            (1, 0, "00010000000000000001"), (-1, 0, "00010000400000000001"), (10_000, 0, "00010001000000000001"),
            (123_456_789, 4, "0003000100000004000109291a85"), (-5, 1, "0001ffff400000011388"),
            (1_000_000_000_000_000_000, 18, "00010000000000120001"), (25, 1, "000200000000000100021388"),
        ])
    func bytes(units: Int128, scale: Int, hexadecimal: String) throws {
        var bytes: [UInt8] = []
        try NumericCoding.append(units: units, scale: scale, to: &bytes)
        #expect(hex(bytes) == hexadecimal)
        #expect(try decode(bytes, scale: scale) == units)
    }

    @Test("Every number comes back, at every scale")
    func roundTrip() throws {
        var generator = SeededGenerator(for: "numeric round trip")
        for _ in 0..<5_000 {
            let magnitude = Int128.random(in: .min ... .max, using: &generator)
            let units = magnitude >> Int128.random(in: 0..<127, using: &generator)
            for scale in [0, 1, 2, 3, 4, 6, 18, 37, 38] { #expect(try roundTripped(units, scale: scale) == units) }
        }
        for units in [Int128.min, .min + 1, -1, 0, 1, .max] {
            for scale in 0...38 { #expect(try roundTripped(units, scale: scale) == units) }
        }
    }

    @Test("A number is read at a finer scale than it has, and at a coarser one when nothing is lost")
    func rescaling() throws {
        var bytes: [UInt8] = []
        try NumericCoding.append(units: 12_500, scale: 3, to: &bytes)
        #expect(try decode(bytes, scale: 18) == 12_500_000_000_000_000_000)
        #expect(try decode(bytes, scale: 1) == 125)
        let error = #expect(throws: PostgresError.self) { try decode(bytes, scale: 0) }
        #expect(error?.code == .outOfRange)
    }

    @Test(
        "NaN, infinity, what exceeds 128 bits and what is no numeric are refused",
        arguments: [
            ("00000000c0000000", PostgresError.Code.outOfRange), ("00000000d0000000", .outOfRange),
            ("00000000f0000000", .outOfRange), ("0001000a000000000001", .outOfRange),
            ("00010009000000000fff", .outOfRange), ("0001", .unexpectedShape), ("", .unexpectedShape),
            ("0002000000000000" + "0001", .unexpectedShape),
        ])
    func refused(hexadecimal: String, code: PostgresError.Code) throws {
        let error = #expect(throws: PostgresError.self) { try decode(unhex(hexadecimal), scale: 0) }
        #expect(error?.code == code)
    }

    @Test("A scale out of bounds is refused", arguments: [-1, 39])
    func scale(scale: Int) {
        var bytes: [UInt8] = []
        #expect(throws: PostgresError.self) { try NumericCoding.append(units: 1, scale: scale, to: &bytes) }
        #expect(bytes.isEmpty)
    }

    private func roundTripped(_ units: Int128, scale: Int) throws -> Int128 {
        var bytes: [UInt8] = []
        try NumericCoding.append(units: units, scale: scale, to: &bytes)
        return try decode(bytes, scale: scale)
    }

    private func decode(_ bytes: [UInt8], scale: Int) throws(PostgresError) -> Int128 {
        try NumericCoding.units(of: bytes.span.bytes, scale: scale)
    }
}

/// Two digits a byte.
func hex(_ bytes: some Collection<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// The bytes two digits at a time say.
func unhex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { UInt8(String($0), radix: 16) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
