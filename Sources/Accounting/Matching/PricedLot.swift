/// A purchase and what is left of it.
///
/// Splitting conserves: each part costs what the remainder loses, so that the parts of a lot that is used up add up to
/// its cost and nothing stays behind (I8).
struct PricedLot {
    /// Microseconds since the epoch.
    let time: Int64
    /// Index of the acquiring transaction in the history.
    let transaction: Int32
    /// USD a whole unit.
    let price: UnitPrice
    /// Base units a whole unit.
    let decimals: UInt8
    /// Base units left.
    private(set) var quantity: Int128
    /// Cost of what is left.
    private(set) var cost: Money

    /// A purchase at `cost`, which a later split may replace by price times quantity (`reprice`).
    init(time: Int64, transaction: Int32, price: UnitPrice, decimals: UInt8, quantity: Int128, cost: Money) {
        self.time = time
        self.transaction = transaction
        self.price = price
        self.decimals = decimals
        self.quantity = quantity
        self.cost = cost
    }

    /// Replaces the cost by what price and quantity say.
    mutating func reprice() throws(ArithmeticError) {
        cost = try price.value(ofBaseUnits: quantity, decimals: decimals)
    }

    /// Takes `part`, at most what is left, out of the lot and returns what it cost.
    mutating func take(_ part: Int128) throws(ArithmeticError) -> Money {
        let rest = quantity - part
        let restCost = rest == 0 ? .zero : try price.value(ofBaseUnits: rest, decimals: decimals)
        let partCost = try cost.subtracting(restCost)
        quantity = rest
        cost = restCost
        return partCost
    }
}
