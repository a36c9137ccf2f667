import Events
import Testing

@testable import Projector

/// The brake against a bad build (I6).
@Suite("Parking brake")
struct ParkingBrakeTests {
    private static let wallets: [WalletKey] = (0..<5_000).map { number in
        let bytes = [UInt8(number >> 8), UInt8(number & 255)] + [UInt8](repeating: 1, count: 30)
        guard let address = Address(bytes: bytes) else { preconditionFailure("32 bytes are an address") }
        return WalletKey(chain: .solana, address: address)
    }

    @Test(
        "It holds when 20 wallets and more than 1 % fail alike, and not before",
        arguments: [
            (touched: 100, parked: 19, holds: false), (touched: 100, parked: 20, holds: true),
            (touched: 2_000, parked: 20, holds: false), (touched: 1_999, parked: 20, holds: true),
            (touched: 5_000, parked: 51, holds: true), (touched: 5_000, parked: 50, holds: false),
        ])
    func thresholds(touched: Int, parked: Int, holds: Bool) {
        var brake = ParkingBrake()
        let code = brake.note(
            touched: Array(Self.wallets.prefix(touched)),
            parkedByCode: ["malformed": Array(Self.wallets.prefix(parked))], at: 0)
        #expect((code == "malformed") == holds)
    }

    @Test("One wallet that fails again and again says nothing about the build")
    func oneWallet() {
        var brake = ParkingBrake()
        for second in 0..<50 {
            let code = brake.note(
                touched: [Self.wallets[0]], parkedByCode: ["malformed": [Self.wallets[0]]],
                at: Int64(second) * 1_000_000)
            #expect(code == nil)
        }
    }

    @Test("Failures add up within a minute, alike ones only, and are forgotten after it")
    func window() {
        var brake = ParkingBrake()
        func note(_ range: Range<Int>, _ code: String, second: Int64) -> String? {
            brake.note(
                touched: Array(Self.wallets[range]), parkedByCode: [code: Array(Self.wallets[range])],
                at: second * 1_000_000)
        }
        #expect(note(0..<10, "malformed", second: 0) == nil)
        #expect(note(10..<20, "overflow", second: 30) == nil)
        #expect(note(20..<30, "malformed", second: 59) == "malformed")
        #expect(note(30..<39, "malformed", second: 61) == nil)
    }
}
