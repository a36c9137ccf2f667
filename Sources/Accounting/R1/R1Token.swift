import Events

/// One financial event of the original (domain.md 2.1): a leg that changes a token's position.
struct R1Event {
    /// What it does to the position.
    enum Kind: UInt8 {
        case buy
        case sell
        case receive
    }

    /// What it does.
    var kind: Kind
    /// Base units a whole unit, of this leg.
    var decimals: UInt8
    /// Index of the transaction in the history.
    var transaction: Int32
    /// Sales: index of its row among the disposals.
    var disposal: Int32
    /// Seconds since the epoch.
    var second: Int64
    /// Microseconds since the epoch.
    var time: Int64
    /// Base units.
    var quantity: Int128
    /// USD a whole unit.
    var price: UnitPrice
    /// Purchases: USD of the whole leg as stated, which need not be price times quantity.
    var value: Money
}

/// An asset of the wallet and its events in canonical order.
struct R1Token {
    /// Its address.
    let asset: Address
    /// Whether it prices the other side of a trade.
    let isStable: Bool
    /// The events that could be represented.
    var events: [R1Event] = []
    /// Something of it does not fit 128 bits: nothing after that counts (I8).
    var isUnrepresentable = false
    /// Sales that came after that.
    var droppedDisposals: [Int32] = []
    /// The most decimals any of its legs has.
    var decimals: UInt8 = 0
    /// Whether its legs disagree about decimals.
    var hasMixedDecimals = false
    /// Where its symbol was last reported: index of the transaction and of the leg.
    var lastReport: (transaction: Int32, leg: Int32)?
    /// Trades with only one side in which it moved.
    var oneSided: Int64 = 0
    /// Legs without a price.
    var unpricedLegs: Int64 = 0

    /// Marks of the transaction, counted from 1, in which the converter last made an event of that kind.
    var boughtIn: Int32 = 0
    var soldIn: Int32 = 0
    /// The trade, counted from 1, that `net` is about.
    var nettedIn: Int32 = 0
    var net = R1Net()

    /// An asset seen for the first time.
    init(asset: Address, isStable: Bool) {
        self.asset = asset
        self.isStable = isStable
    }

    /// Takes notice of a leg's symbol and decimals.
    mutating func notice(_ legs: [Leg], _ position: Int, in transaction: Int32) {
        if lastReport == nil {
            decimals = legs[position].decimals
        } else if legs[position].decimals != decimals {
            hasMixedDecimals = true
            decimals = max(decimals, legs[position].decimals)
        }
        lastReport = (transaction, Int32(position))
    }
}
