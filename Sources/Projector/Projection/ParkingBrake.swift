/// Stops a bad build before it parks everybody: when more than 1 % of the wallets touched within a minute, and at least
/// 20, fail alike, the build is at fault (I6).
struct ParkingBrake {
    private struct Sample {
        let time: Int64
        let touched: Int
        let parkedByCode: [String: Int]
    }

    private var samples: [Sample] = []
    private static let windowMicroseconds: Int64 = 60_000_000
    private static let smallestCount = 20
    private static let touchedPerParked = 100

    /// Notes a batch; the code of the failure when the projector must stop before writing it.
    mutating func note(touched: Int, parkedByCode: [String: Int], at time: Int64) -> String? {
        samples.append(Sample(time: time, touched: touched, parkedByCode: parkedByCode))
        samples.removeAll { $0.time <= time - Self.windowMicroseconds }
        let allTouched = samples.reduce(0) { $0 + $1.touched }
        var parked: [String: Int] = [:]
        for sample in samples { parked.merge(sample.parkedByCode, uniquingKeysWith: +) }
        return parked.keys.sorted().first { code in
            let count = parked[code] ?? 0
            return count >= Self.smallestCount && count * Self.touchedPerParked > allTouched
        }
    }
}
