import TestSupport
import Testing

@testable import Events

@Suite struct AmountTests {
    static let largest = "115792089237316195423570985008687907853269984665640564039457584007913129639935"

    /// A struct because a triple with a 128-bit number among a test's arguments crashes the runner of Swift 6.3.
    struct Form: Sendable {
        let digits: String
        let amount: Amount
        let bytes: [UInt8]

        init(_ digits: String, _ amount: Amount, _ bytes: [UInt8]) {
            self.digits = digits
            self.amount = amount
            self.bytes = bytes
        }
    }

    @Test(
        "Digits, halves and two's complement say the same",
        arguments: [
            Form("0", .zero, []), Form("1", Amount(low: 1), [1]), Form("127", Amount(low: 127), [0x7f]),
            Form("128", Amount(low: 128), [0, 0x80]), Form("255", Amount(low: 255), [0, 0xff]),
            Form("256", Amount(low: 256), [1, 0]),
            Form(
                "340282366920938463463374607431768211455", Amount(low: .max),
                [0] + [UInt8](repeating: 255, count: 16)),
            Form(
                "340282366920938463463374607431768211456", Amount(high: 1, low: 0),
                [1] + [UInt8](repeating: 0, count: 16)),
            Form(largest, Amount(high: .max, low: .max), [0] + [UInt8](repeating: 255, count: 32)),
        ])
    func forms(form: Form) {
        #expect(Amount(digits: form.digits.utf8) == form.amount)
        #expect(form.amount.description == form.digits)
        #expect(form.amount.twosComplement == form.bytes)
        #expect(Amount(twosComplement: form.bytes) == form.amount)
        #expect(Amount(twosComplement: [0, 0] + form.bytes) == form.amount, "a longer form means the same")
        #expect(form.bytes.count <= Amount.maximumByteCount && form.digits.count <= Amount.maximumDigitCount)
    }

    @Test(
        "Anything but the digits of at most 256 bits is refused",
        arguments: [
            "", "-1", "+1", "1.0", " 1", "1e3", "０",
            "115792089237316195423570985008687907853269984665640564039457584007913129639936",
            "1000000000000000000000000000000000000000000000000000000000000000000000000000000",
        ])
    func refusedDigits(digits: String) {
        #expect(Amount(digits: digits.utf8) == nil)
    }

    @Test("Leading zeros are allowed, as a provider may pad its digits")
    func leadingZeros() {
        #expect(Amount(digits: ("000" + Self.largest).utf8) == Amount(high: .max, low: .max))
    }

    @Test("Negative numbers and more than 256 bits are no amount")
    func refusedBytes() {
        #expect(Amount(twosComplement: [0x80]) == nil)
        #expect(Amount(twosComplement: [UInt8](repeating: 255, count: 33)) == nil)
        #expect(Amount(twosComplement: [1] + [UInt8](repeating: 0, count: 32)) == nil)
    }

    @Test("An amount fits 128 signed bits up to the largest such number")
    func int128() {
        #expect(Amount(low: UInt128(Int128.max)).int128 == .max)
        #expect(Amount(low: UInt128(Int128.max) + 1).int128 == nil)
        #expect(Amount(high: 1, low: 0).int128 == nil)
        #expect(Amount(high: 1, low: 0) > Amount(low: .max))
    }

    @Test("Random amounts survive digits and bytes")
    func roundTrips() {
        var random = SeededGenerator(seed: 256)
        for _ in 0..<1000 {
            let shift = UInt128.random(in: 0...127, using: &random)
            let amount = Amount(
                high: UInt128.random(in: .min ... .max, using: &random) >> shift,
                low: UInt128.random(in: .min ... .max, using: &random) >> shift)
            #expect(Amount(digits: amount.description.utf8) == amount)
            #expect(Amount(twosComplement: amount.twosComplement) == amount)
        }
    }

    @Test(
        "A signed number's two's complement is its shortest form",
        arguments: [
            (Int128(0), []), (1, [1]), (-1, [0xff]), (127, [0x7f]), (128, [0, 0x80]), (-128, [0x80]),
            (-129, [0xff, 0x7f]), (.max, [0x7f] + [UInt8](repeating: 255, count: 15)),
            (.min, [0x80] + [UInt8](repeating: 0, count: 15)),
        ] as [(Int128, [UInt8])])
    func signed(number: Int128, bytes: [UInt8]) {
        #expect(number.twosComplement == bytes)
        #expect(Int128(twosComplement: bytes) == number)
        let padding: UInt8 = number < 0 ? 255 : 0
        if bytes.count < 16 { #expect(Int128(twosComplement: [padding] + bytes) == (bytes.isEmpty ? 0 : number)) }
        #expect(Int128(twosComplement: [UInt8](repeating: padding, count: 17)) == nil)
    }
}
