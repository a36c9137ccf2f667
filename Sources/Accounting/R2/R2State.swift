import Events

/// Everything the fold carries from one transaction to the next: a value that can be kept and continued.
struct R2State: Sendable {
    /// The assets named so far, by number.
    var table: R2AssetTable
    /// What each came to; as many as the table has seen booked.
    var assets: [R2AssetState] = []
    /// Sum of the sizes of everything booked in USD: bounds every sum of money in the wallet.
    private(set) var turnover = Money.zero
    /// Days with something to say, oldest first.
    var days: [DailyFigures] = []
    /// Runs of wins and losses over the tokens' closed trades.
    var streaks = StreakFigures()
    /// Days with a swap.
    var activeDays: Int64 = 0
    /// What is incomplete.
    var completeness = Completeness()
    /// Net movements and fees booked.
    var eventCount: Int64 = 0
    /// The transactions of all acquisitions, by number.
    private(set) var acquisitions: [[UInt8]] = []
    /// Disposals recorded.
    var disposalCount = 0
    /// Disposals recorded before an asset's quantities were brought to more decimals.
    private(set) var refinements: [Refinement] = []
    /// How lots are used up.
    let method: CostBasisMethod

    /// Disposals of an asset that are in fewer decimals than it has now.
    struct Refinement: Sendable {
        /// The asset.
        let asset: Address
        /// Those before this one.
        let disposalCount: Int
        /// The power of ten that brings them to the decimals that hold now.
        let factor: Int128
    }

    /// Each figure adds at most two of the amounts booked, and sums are taken over a day and over parts.
    private static let largestTurnover = Int128.max / 8

    /// Nothing happened yet.
    init(assets: R2Assets, method: CostBasisMethod) {
        table = R2AssetTable(assets: assets)
        self.method = method
    }

    /// Makes room to book an entry's quantity and money; false when it does not fit, and then nothing more of that
    /// asset is booked (I8), or when the asset is one that nothing was said about.
    mutating func admit(_ entry: R2NetEntry, money: Money?) -> Bool {
        guard entry.asset >= 0 else { return false }
        let index = Int(entry.asset)
        grow(to: index)
        guard !assets[index].figures.isUnrepresentable else { return false }
        guard entry.fits, refine(index, to: entry.decimals),
            let rest = fitting(money ?? .zero), assets[index].admit(entry.size)
        else {
            assets[index].figures.isUnrepresentable = true
            return false
        }
        turnover = rest
        return true
    }

    /// Brings an asset into being, if only to say that it was seen.
    mutating func grow(to index: Int) {
        while assets.count <= index { assets.append(R2AssetState(table.entries[assets.count], method: method)) }
    }

    /// Whether so much more money could be booked.
    func fits(_ money: Money) -> Bool { fitting(money) != nil }

    /// Notes money that is booked and of which `fits` was asked before.
    mutating func book(_ money: Money) { turnover = Money(units: turnover.units + money.units) }

    /// Ends the bookings of an asset of which something does not fit.
    mutating func giveUp(_ asset: Int32) {
        guard asset >= 0 else { return }
        grow(to: Int(asset))
        assets[Int(asset)].figures.isUnrepresentable = true
    }

    private func fitting(_ money: Money) -> Money? {
        let (sum, overflowed) = turnover.units.addingReportingOverflow(money.units)
        return !overflowed && sum <= Self.largestTurnover ? Money(units: sum) : nil
    }

    private mutating func refine(_ index: Int, to decimals: UInt8) -> Bool {
        let before = assets[index].figures.decimals
        guard decimals > before else { return true }
        guard assets[index].refine(to: decimals) else { return false }
        let digits = Int(decimals - before)
        // More digits than 128 bits hold can only follow where nothing was booked yet.
        if disposalCount > 0, digits <= PowersOfTen.largest, let factor = Int128(exactly: PowersOfTen[digits]) {
            refinements.append(
                Refinement(
                    asset: assets[index].figures.asset, disposalCount: disposalCount, factor: factor))
        }
        return true
    }

    /// The place of the next acquisition.
    mutating func nextPlace(time: Int64, transaction: [UInt8]) -> R2Place {
        acquisitions.append(transaction)
        return R2Place(time: time, sequence: Int64(acquisitions.count - 1))
    }

    /// The day of a time, new if need be.
    mutating func day(of time: Int64) -> Int {
        let day = Int32(truncatingIfNeeded: time.flooredQuotient(by: 86_400_000_000))
        if days.last?.day != day { days.append(DailyFigures(day: day)) }
        return days.count - 1
    }
}

extension Int64 {
    /// The quotient rounded down, before the epoch like after it.
    func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
