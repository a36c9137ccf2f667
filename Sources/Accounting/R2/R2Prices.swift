import Events

/// Prices for legs without value, and the latest price of an asset (domain.md 11.2, Prices and Unrealised).
struct R2Prices {
    private struct Request: Hashable {
        var transaction: [UInt8]
        var asset: Address
    }

    private struct Quote {
        var time: Int64
        var price: DecimalNumber
    }

    private static let hour: UInt128 = 3_600_000_000

    private var book: [Address: [Quote]] = [:]
    private var requested: [Request: [Quote]] = [:]
    private var newest: [Address: PriceBook.Observation] = [:]

    /// Whether nobody stated any price.
    var isEmpty: Bool { book.isEmpty }

    /// Adds an observation made for a transaction or for none. A price of 0 or less is none.
    mutating func add(_ observation: PriceBook.Observation, asset: Address, transaction: [UInt8]?) {
        guard observation.price.coefficient > 0 else { return }
        if newest[asset].map({ observation.isNewer(than: $0) }) ?? true { newest[asset] = observation }
        let quote = Quote(time: observation.time, price: observation.price)
        book[asset, default: []].append(quote)
        if let transaction {
            requested[Request(transaction: transaction, asset: asset), default: []].append(quote)
        }
    }

    /// Sorts what was added; to be called once, before the first question.
    mutating func settle() {
        for asset in book.keys { book[asset]?.sort(by: Self.precedes) }
    }

    /// The newest observation of an asset, of any age.
    func latest(of asset: Address) -> PriceBook.Observation? { newest[asset] }

    /// The observation made for that transaction and asset, else the nearest within an hour; ties: the earlier, then
    /// the lower.
    func price(of asset: Address, transaction: [UInt8], at time: Int64) -> DecimalNumber? {
        guard !book.isEmpty else { return nil }
        if !requested.isEmpty, let made = requested[Request(transaction: transaction, asset: asset)] {
            return Self.nearest(made.sorted(by: Self.precedes), to: time)?.price
        }
        guard let quotes = book[asset], let nearest = Self.nearest(quotes, to: time),
            Self.distance(nearest.time, time) <= Self.hour
        else { return nil }
        return nearest.price
    }

    /// The nearest of sorted quotes: of two equally near times the earlier, of one time the lower price.
    private static func nearest(_ quotes: [Quote], to time: Int64) -> Quote? {
        let after = firstIndex(in: quotes, notBefore: time)
        guard after > 0 else { return quotes.first }
        // Where a time has several prices, the lowest comes first.
        let before = firstIndex(in: quotes, notBefore: quotes[after - 1].time)
        guard after < quotes.count else { return quotes[before] }
        let isAfterNearer = distance(quotes[after].time, time) < distance(quotes[before].time, time)
        return quotes[isAfterNearer ? after : before]
    }

    private static func distance(_ left: Int64, _ right: Int64) -> UInt128 {
        (Int128(left) - Int128(right)).magnitude
    }

    private static func precedes(_ left: Quote, _ right: Quote) -> Bool {
        left.time == right.time ? left.price.isLower(than: right.price) : left.time < right.time
    }

    private static func firstIndex(in quotes: [Quote], notBefore time: Int64) -> Int {
        var low = 0
        var high = quotes.count
        while low < high {
            let middle = (low + high) / 2
            if quotes[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Int64 {
    /// The difference, as far as 64 bits reach.
    func subtractingClamped(_ other: Int64) -> Int64 { Int64(clamping: Int128(self) - Int128(other)) }

    /// The sum, as far as 64 bits reach.
    func addingClamped(_ other: Int64) -> Int64 { Int64(clamping: Int128(self) + Int128(other)) }
}

extension DecimalNumber {
    /// Compares positive numbers without rounding either.
    func isLower(than other: DecimalNumber) -> Bool {
        let difference = Int(exponent) - Int(other.exponent)
        if difference == 0 { return coefficient < other.coefficient }
        if difference < 0 { return coefficient.magnitude.isLess(than: other.coefficient.magnitude, shift: -difference) }
        return other.coefficient.magnitude.isGreater(than: coefficient.magnitude, shift: difference)
    }
}

extension UInt128 {
    /// Whether `self < other × 10^shift`.
    fileprivate func isLess(than other: UInt128, shift: Int) -> Bool {
        guard shift <= PowersOfTen.largest else { return other > 0 }
        let (high, low) = other.multipliedFullWidth(by: PowersOfTen[shift])
        return high > 0 || self < low
    }

    /// Whether `self > other × 10^shift`.
    fileprivate func isGreater(than other: UInt128, shift: Int) -> Bool {
        guard shift <= PowersOfTen.largest else { return other == 0 && self > 0 }
        let (high, low) = other.multipliedFullWidth(by: PowersOfTen[shift])
        return high == 0 && self > low
    }
}
