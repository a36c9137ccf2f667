import Events

/// Stops a bad build before it parks everybody: when more than 1 % of the wallets touched within a minute, and at least
/// 20, newly fail alike, the build is at fault (I6). A wallet that was parked before says nothing about the build.
struct ParkingBrake {
    private struct Sample {
        let time: Int64
        let touched: [WalletKey]
        let parkedByCode: [String: [WalletKey]]
    }

    private var samples: [Sample] = []
    private static let windowMicroseconds: Int64 = 60_000_000
    private static let smallestCount = 20
    private static let touchedPerParked = 100

    /// Notes a batch; the code of the failure when the projector must stop before writing it.
    mutating func note(touched: [WalletKey], parkedByCode: [String: [WalletKey]], at time: Int64) -> String? {
        samples.removeAll { $0.time <= time - Self.windowMicroseconds }
        samples.append(Sample(time: time, touched: touched, parkedByCode: parkedByCode))
        guard !parkedByCode.isEmpty else { return nil }
        let allTouched = samples.reduce(into: Set<WalletKey>()) { $0.formUnion($1.touched) }.count
        return parkedByCode.keys.sorted().first { code in
            let parked = samples.reduce(into: Set<WalletKey>()) { $0.formUnion($1.parkedByCode[code] ?? []) }.count
            return parked >= Self.smallestCount && parked * Self.touchedPerParked > allTouched
        }
    }
}
