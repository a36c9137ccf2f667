import Events

/// What an act moves of one asset, all its legs taken together (domain.md 11.2, Netting).
struct R2NetEntry: Sendable {
    /// Number in the asset table.
    let asset: Int32
    /// Index of its first leg in the transaction.
    let firstLeg: Int32
    /// Native coins and stablecoins.
    let isQuote: Bool
    /// The chain's native coin.
    let isNative: Bool
    /// Whether every quantity and value of it fits 128 bits; without, it keeps its side of the act and nothing else.
    fileprivate(set) var fits = true
    /// Base units, more than zero for what came in.
    fileprivate(set) var quantity: Int128 = 0
    /// Base units a whole unit of `quantity`.
    fileprivate(set) var decimals: UInt8
    fileprivate var valuedQuantity: Int128 = 0
    fileprivate var valuedSum = Money.zero
    /// What all of it is worth by what was said of it: unit price of its valued legs times net quantity.
    fileprivate(set) var marketValue: Money?
    /// What it is worth at a price that somebody observed; asked only where nothing else was said.
    var observedValue: Money?
    /// Its part of the swap's value, or its market value where each leg keeps its own; nil: unpriced.
    var share: Money?

    fileprivate init(asset: Int32, firstLeg: Int32, decimals: UInt8, entry: R2AssetTable.Entry?) {
        self.asset = asset
        self.firstLeg = firstLeg
        self.decimals = decimals
        isQuote = entry?.isQuote ?? false
        isNative = entry?.isNative ?? false
    }

    /// Whether it came in.
    var isReceived: Bool { quantity > 0 }

    /// Base units without a sign.
    var size: Int128 { quantity < 0 ? -quantity : quantity }

    /// What it is worth, also at an observed price if wanted.
    func value(isObserved: Bool) -> Money? { isObserved ? marketValue ?? observedValue : marketValue }

    /// Takes it out of all sums: something of it does not fit.
    mutating func giveUp() {
        fits = false
        marketValue = nil
        observedValue = nil
        share = nil
    }
}

/// One act of a transaction and where its entries lie.
struct R2Act: Sendable {
    /// What the act is called; its own word, else the transaction's.
    let operation: Operation
    /// Indices of its entries, in the order of their first legs.
    let entries: Range<Int>
}

/// Nets the legs of one transaction after the other, act by act; keeps its memory.
///
/// Every leg counts, what nets to zero vanishes, `self` moves nothing (domain.md 11.2).
struct R2Netting: Sendable {
    /// Entries of the transaction last netted.
    var entries: [R2NetEntry] = []
    /// Its acts, by first leg.
    private(set) var acts: [R2Act] = []
    private var overrides: [R2Corrections.PriceOverride] = []

    /// Nets a transaction; `overrides` are the price corrections made for it.
    mutating func net(
        _ transaction: TransactionObserved, overrides: [R2Corrections.PriceOverride] = [],
        into table: inout R2AssetTable
    ) {
        entries.removeAll(keepingCapacity: true)
        acts.removeAll(keepingCapacity: true)
        self.overrides = overrides
        guard !transaction.legs.isEmpty else { return }
        // A span lends a leg; an array would copy it.
        let legs = transaction.legs.span
        for index in legs.indices where legs[index].act != legs[0].act {
            netActs(transaction, into: &table)
            return
        }
        for index in legs.indices { add(legs[index], Int32(index), from: 0, into: &table) }
        finishAct(transaction, firstLeg: 0, from: 0)
    }

    private mutating func netActs(_ transaction: TransactionObserved, into table: inout R2AssetTable) {
        var legsByAct: [String: [Int]] = [:]
        var order: [String] = []
        for index in transaction.legs.indices {
            let act = transaction.legs[index].act
            if legsByAct[act] == nil { order.append(act) }
            legsByAct[act, default: []].append(index)
        }
        for act in order {
            let start = entries.count
            let legs = legsByAct[act] ?? []
            for index in legs { add(transaction.legs[index], Int32(index), from: start, into: &table) }
            finishAct(transaction, firstLeg: legs[0], from: start)
        }
    }

    private mutating func finishAct(_ transaction: TransactionObserved, firstLeg: Int, from start: Int) {
        var end = start
        for index in start..<entries.count where entries[index].quantity != 0 {
            entries[index].settle()
            if end != index { entries[end] = entries[index] }
            end += 1
        }
        entries.removeSubrange(end...)
        guard end > start else { return }
        var operation = transaction.operation
        if !transaction.acts.isEmpty {
            let act = transaction.legs[firstLeg].act
            operation = transaction.acts.first { $0.id == act }?.operation ?? operation
        }
        acts.append(R2Act(operation: operation, entries: start..<end))
    }

    private mutating func add(
        _ leg: Leg, _ index: Int32, from start: Int, into table: inout R2AssetTable
    ) {
        guard leg.direction != .own else { return }
        let asset = table.index(of: leg)
        let place = place(of: asset, leg: index, decimals: leg.decimals, from: start, in: table)
        if asset >= 0, leg.decimals > table.entries[Int(asset)].decimals { table.refine(asset, to: leg.decimals) }
        let override = overrides.isEmpty ? nil : overrides.price(ofLeg: index, asset: asset, in: table)
        do throws(ArithmeticError) {
            let finest = asset >= 0 ? table.entries[Int(asset)].decimals : leg.decimals
            try entries[place].add(leg, override: override, finest: finest)
        } catch {
            entries[place].quantity = leg.direction == .incoming ? 1 : -1
            entries[place].giveUp()
        }
    }

    /// Index of the act's entry for an asset, new if need be; what nothing was said about has one for each leg.
    private mutating func place(
        of asset: Int32, leg: Int32, decimals: UInt8, from start: Int, in table: R2AssetTable
    ) -> Int {
        if asset >= 0, let place = (start..<entries.count).first(where: { entries[$0].asset == asset }) {
            return place
        }
        let entry = asset >= 0 ? table.entries[Int(asset)] : nil
        entries.append(R2NetEntry(asset: asset, firstLeg: leg, decimals: entry?.decimals ?? decimals, entry: entry))
        return entries.count - 1
    }
}

extension R2NetEntry {
    /// A fee as an entry of its own, given; nil when nothing was paid, or in nothing that can be counted.
    init?(fee: Leg, into table: inout R2AssetTable) {
        let asset = table.index(of: fee)
        guard fee.nft == nil, asset >= 0, !fee.amount.isZero else { return nil }
        table.refine(asset, to: fee.decimals)
        let entry = table.entries[Int(asset)]
        self.init(asset: asset, firstLeg: 0, decimals: entry.decimals, entry: entry)
        do throws(ArithmeticError) {
            try add(fee, override: nil, finest: entry.decimals)
            quantity = -size
            settle()
        } catch {
            quantity = -1
            giveUp()
        }
    }

    fileprivate mutating func add(
        _ leg: Leg, override: DecimalNumber?, finest: UInt8
    ) throws(ArithmeticError) {
        guard fits else { return }
        guard var amount = leg.amount.int128 else { throw .overflow }
        let value = try Self.value(of: leg, override: override, amount: amount)
        if decimals != finest {
            quantity = try quantity.rescaled(from: decimals, to: finest)
            valuedQuantity = try valuedQuantity.rescaled(from: decimals, to: finest)
            decimals = finest
        }
        if leg.decimals != finest { amount = try amount.rescaled(from: leg.decimals, to: finest) }
        try quantity.add(leg.direction == .incoming ? amount : -amount)
        // The one number without a size of its own.
        guard quantity != .min else { throw .overflow }
        guard let value else { return }
        try valuedQuantity.add(amount)
        try valuedSum.add(value)
    }

    /// The leg's own value, else its price times quantity; a value or price of 0 for more than nothing is none.
    private static func value(
        of leg: Leg, override: DecimalNumber?, amount: Int128
    ) throws(ArithmeticError) -> Money? {
        guard amount > 0 else { return nil }
        if override == nil, let value = leg.value, value.coefficient > 0 {
            let money = try Money(rounding: value)
            if money > .zero { return money }
        }
        guard let price = override ?? leg.price, price.coefficient > 0 else { return nil }
        let money = try UnitPrice.digits(price).value(ofBaseUnits: amount, decimals: leg.decimals)
        return money > .zero ? money : nil
    }

    /// Values the net quantity at the unit price of the valued legs: sum of values over sum of quantities.
    fileprivate mutating func settle() {
        guard fits, valuedQuantity > 0 else { return }
        guard valuedQuantity != size else {
            marketValue = valuedSum
            return
        }
        do throws(ArithmeticError) {
            let units = try HalfEven.product(valuedSum.units, size, dividedBy: valuedQuantity)
            marketValue = units > 0 ? Money(units: units) : nil
        } catch {
            giveUp()
        }
    }
}
