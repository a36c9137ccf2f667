import Events

/// A sale on its way through the lots. Parts are worth what the remainder loses, so that they add up.
struct R1Sale {
    /// Seconds since the epoch.
    let second: Int64
    private let price: UnitPrice
    private let decimals: UInt8
    /// Base units not matched yet.
    private(set) var quantity: Int128
    private var value: Money

    /// A sale of which nothing is matched yet.
    init(_ event: R1Event, decimals: UInt8) throws(ArithmeticError) {
        second = event.second
        price = event.price
        self.decimals = decimals
        quantity = event.quantity
        value = try price.value(ofBaseUnits: quantity, decimals: decimals)
    }

    /// Takes a part out and returns its proceeds.
    mutating func take(_ part: Int128) throws(ArithmeticError) -> Money {
        quantity -= part
        let rest = quantity == 0 ? .zero : try price.value(ofBaseUnits: quantity, decimals: decimals)
        let proceeds = try value.subtracting(rest)
        value = rest
        return proceeds
    }
}
