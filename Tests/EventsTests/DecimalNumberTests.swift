import Events
import TestSupport
import Testing

@Suite struct DecimalNumberTests {
    @Test(
        "A text gives its digits without trailing zeros",
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("0.000", 0, 0), ("0e999999999", 0, 0), ("1", 1, 0), ("-1", -1, 0),
            ("007", 7, 0), ("10", 1, 1), ("1000000", 1, 6), ("1.50", 15, -1), ("0.1", 1, -1), ("-0.0010", -1, -3),
            ("220.518100503", 220_518_100_503, -9), ("1e3", 1, 3), ("1E+3", 1, 3), ("1.0463e-05", 10_463, -9),
            ("120e-1", 12, 0), ("1e400", 1, 400), ("1e-400", 1, -400), ("100e398", 1, 400),
            ("99999999999999999999999999999999999999", 99_999_999_999_999_999_999_999_999_999_999_999_999, 0),
            ("-12345678901234567890123456789012345678e2", -12_345_678_901_234_567_890_123_456_789_012_345_678, 2),
        ] as [(String, Int128, Int32)])
    func texts(text: String, coefficient: Int128, exponent: Int32) throws {
        let number = try DecimalNumber(text: text.utf8)
        #expect(number.coefficient == coefficient)
        #expect(number.exponent == exponent)
        #expect(number.isNegative == (coefficient < 0))
    }

    @Test(
        "What JSON's grammar does not know is malformed",
        arguments: [
            "", "-", "+1", ".5", "1.", "1.e3", "1e", "1e+", "--1", "1-", "1..2", "1e3.5", "1e3e3", "NaN", "Infinity",
            " 1",
            "1 ", "0x10", "1_000", "１", "null", "\"1\"",
        ])
    func malformed(text: String) {
        #expect(throws: NumberError.malformed) { try DecimalNumber(text: text.utf8) }
    }

    @Test("38 significant digits fit, 39 do not, and zeros around them do not count")
    func digits() throws {
        let digits = String(repeating: "123456789", count: 5).prefix(38)
        let zeros = String(repeating: "0", count: 400)
        #expect(try DecimalNumber(text: digits.utf8) == DecimalNumber(text: (zeros + digits + "." + zeros).utf8))
        #expect(throws: NumberError.tooManyDigits) { try DecimalNumber(text: (digits + "9").utf8) }
        #expect(throws: NumberError.tooManyDigits) { try DecimalNumber(text: ("0." + digits + "09").utf8) }
        #expect(throws: NumberError.tooManyDigits) {
            try DecimalNumber(text: String(repeating: "7", count: 400).utf8)
        }
        #expect(try DecimalNumber(text: "1\(zeros)".utf8) == DecimalNumber(coefficient: 1, exponent: 400))
    }

    @Test(
        "An exponent beyond the bounds is refused, however long it is written",
        arguments: ["1e401", "10e400", "1e-401", "0.1e-400", "1e2147483648", "1e-99999999999999999999", "5e100001"])
    func exponents(text: String) {
        #expect(throws: NumberError.exponentOutOfBounds) { try DecimalNumber(text: text.utf8) }
    }

    @Test("Every form of a number is one value")
    func normalForm() {
        var random = SeededGenerator(seed: 10)
        for _ in 0..<1000 {
            let coefficient =
                Int128.random(in: .min ... .max, using: &random) >> Int128.random(in: 38...127, using: &random)
            var power: Int128 = 1
            for zeros in 0..<11 {
                let number = DecimalNumber(coefficient: coefficient * power, exponent: Int32(-zeros))
                #expect(number == DecimalNumber(coefficient: coefficient, exponent: 0))
                #expect(number.coefficient == 0 || number.coefficient % 10 != 0)
                power *= 10
            }
        }
        let tens: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000_000
        #expect(DecimalNumber(coefficient: tens, exponent: 0) == DecimalNumber(coefficient: 1, exponent: 38))
        #expect(DecimalNumber(coefficient: -tens, exponent: -38) == DecimalNumber(coefficient: -1, exponent: 0))
        #expect(DecimalNumber(coefficient: .min, exponent: 0).coefficient == .min)
        #expect(DecimalNumber(coefficient: 100, exponent: .max - 1).coefficient == 10, "no exponent is left for more")
    }
}
