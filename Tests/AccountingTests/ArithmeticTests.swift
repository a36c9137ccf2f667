import Accounting
import Events
import Testing

/// Exact arithmetic against a slow reference that only multiplies, adds and compares (I8).
struct ArithmeticTests {
    /// Whether `result` is `±numerator / denominator` rounded half to even, or nil exactly when 128 bits are too few.
    private func isRounded(
        _ result: Int128?, _ numerator: BigUnsigned, over denominator: BigUnsigned, isNegative: Bool
    ) -> Bool {
        let twice = numerator + numerator
        let bound = BigUnsigned(.max) + BigUnsigned(isNegative ? 2 : 0)
        guard let result else {
            // 2^127 - 1/2 rounds up to what does not fit; -2^127 - 1/2 rounds to -2^127, which does.
            return isNegative ? bound * denominator < twice : bound * denominator <= twice
        }
        guard result == 0 || (result < 0) == isNegative else { return false }
        let middle = BigUnsigned(result.magnitude) * denominator * BigUnsigned(2)
        let isEven = result & 1 == 0
        let isLowEnough = isEven ? middle <= twice + denominator : middle < twice + denominator
        let isHighEnough = isEven ? twice <= middle + denominator : twice < middle + denominator
        return isLowEnough && isHighEnough
    }

    /// Operations of each kind; both together are a million. Overflow must be neither rare nor the rule among them.
    private static let operationCount = 500_000

    @Test("500,000 random prices by digits are rounded once, half to even, or overflow")
    func digits() throws {
        var generator = SeededGenerator(seed: 1)
        let powers = (0...140).map(BigUnsigned.powerOfTen)
        var overflows = 0
        for _ in 0..<Self.operationCount {
            let quantity = generator.number()
            let coefficient = generator.number()
            let decimals = UInt8(generator.next() % 78)
            let exponent = Int32(generator.next() % 100) - 60
            let price = UnitPrice.digits(DecimalNumber(coefficient: coefficient, exponent: exponent))
            let result = try? price.value(ofBaseUnits: quantity, decimals: decimals)
            let scale = Int(exponent) - Int(decimals) + 18
            let product = BigUnsigned(quantity.magnitude) * BigUnsigned(coefficient.magnitude)
            let isRight = isRounded(
                result?.units, scale > 0 ? product * powers[scale] : product,
                over: scale < 0 ? powers[-scale] : powers[0], isNegative: (quantity < 0) != (coefficient < 0))
            try #require(isRight, "\(quantity) × \(coefficient)e\(exponent), \(decimals) decimals")
            overflows += result == nil ? 1 : 0
        }
        #expect(overflows > Self.operationCount / 60)
        #expect(overflows < Self.operationCount / 60 * 59)
    }

    @Test("500,000 random prices by ratio are rounded once, half to even, or overflow")
    func ratios() throws {
        var generator = SeededGenerator(seed: 2)
        var overflows = 0
        for _ in 0..<Self.operationCount {
            let total = generator.number()
            let quantity = generator.number()
            let divisor = max(generator.number(isSigned: false), 1)
            let price = UnitPrice.ratio(Money(units: total), baseUnits: divisor)
            let result = try? price.value(ofBaseUnits: quantity, decimals: 6)
            let isRight = isRounded(
                result?.units, BigUnsigned(total.magnitude) * BigUnsigned(quantity.magnitude),
                over: BigUnsigned(divisor.magnitude), isNegative: (total < 0) != (quantity < 0))
            try #require(isRight, "\(total) × \(quantity) ÷ \(divisor)")
            overflows += result == nil ? 1 : 0
        }
        #expect(overflows > Self.operationCount / 60)
        #expect(overflows < Self.operationCount / 60 * 59)
    }

    @Test(
        "Halves go to the even neighbour",
        arguments: [
            ("0.0000000000000000005", 0), ("0.0000000000000000015", 2), ("0.0000000000000000025", 2),
            ("-0.0000000000000000005", 0), ("-0.0000000000000000015", -2),
            ("0.00000000000000000050000000000000000000001", 1), ("0.00000000000000000049999999999", 0),
            ("5e-400", 0), ("1e-60", 0),
        ] as [(String, Int128)])
    func halves(text: String, units: Int128) throws {
        #expect(try Money(rounding: DecimalNumber(text: text.utf8)).units == units)
    }

    @Test("What a division by more than 10^38 leaves over decides a half")
    func halvesOfLargeDivisors() throws {
        let price = UnitPrice.digits(DecimalNumber(coefficient: 100_000_000_000_000_000_001, exponent: -58))
        #expect(try price.value(ofBaseUnits: 50_000_000_000_000_000_000, decimals: 0).units == 1)
        let exact = UnitPrice.digits(DecimalNumber(coefficient: 100_000_000_000_000_000_000, exponent: -58))
        #expect(try exact.value(ofBaseUnits: 50_000_000_000_000_000_000, decimals: 0).units == 0)
    }

    @Test("The ends of 128 bits are reached and not passed")
    func ends() throws {
        let half = UnitPrice.ratio(Money(units: .min), baseUnits: 2)
        #expect(try half.value(ofBaseUnits: 2, decimals: 0).units == .min)
        #expect(throws: ArithmeticError.overflow) { try half.value(ofBaseUnits: -2, decimals: 0) }
        #expect(throws: ArithmeticError.overflow) { try half.value(ofBaseUnits: 3, decimals: 0) }
        #expect(throws: ArithmeticError.overflow) { try Money(units: .max).adding(Money(units: 1)) }
        #expect(throws: ArithmeticError.overflow) { try Money(units: .min).subtracting(Money(units: 1)) }
        #expect(throws: ArithmeticError.overflow) { try Money(rounding: DecimalNumber(text: "1e21".utf8)) }
        #expect(throws: ArithmeticError.divisionByZero) {
            try UnitPrice.ratio(Money(units: 1), baseUnits: 0).value(ofBaseUnits: 1, decimals: 0)
        }
    }
}
