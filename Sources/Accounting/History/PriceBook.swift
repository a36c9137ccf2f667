import Events

/// The prices of a wallet's own stream (domain.md 11.1, 11.2).
struct PriceBook {
    /// A price and who stated it when.
    struct Observation {
        /// When it held, microseconds since the epoch.
        var time: Int64
        /// Who stated it.
        var source: String
        /// USD a whole unit.
        var price: DecimalNumber

        /// Orders by time; sources and digits only decide between statements about the same time.
        func isNewer(than other: Observation) -> Bool {
            if time != other.time { return time > other.time }
            if !source.utf8.elementsEqual(other.source.utf8) {
                return other.source.utf8.lexicographicallyPrecedes(source.utf8)
            }
            if price.coefficient != other.price.coefficient { return price.coefficient > other.price.coefficient }
            return price.exponent > other.price.exponent
        }
    }

    private struct Request: Hashable {
        var transaction: Int32
        var asset: Address
    }

    private var newest: [Address: Observation] = [:]
    private var requested: [Request: [Observation]] = [:]

    /// Adds an observation about `asset`, made for the transaction at that index of the history or for none.
    mutating func add(_ observation: Observation, asset: Address, transaction: Int32?) {
        if newest[asset].map({ observation.isNewer(than: $0) }) ?? true { newest[asset] = observation }
        if let transaction {
            requested[Request(transaction: transaction, asset: asset), default: []].append(observation)
        }
    }

    /// The newest observation of an asset, made for a transaction or not.
    func latest(of asset: Address) -> Observation? { newest[asset] }

    /// The observation made for this transaction and asset that is nearest to `time`; ties: the earlier, then by
    /// source.
    func observation(of asset: Address, transaction: Int32, nearest time: Int64) -> Observation? {
        guard !requested.isEmpty else { return nil }
        return requested[Request(transaction: transaction, asset: asset)]?.min { left, right in
            let leftDistance = (Int128(left.time) - Int128(time)).magnitude
            let rightDistance = (Int128(right.time) - Int128(time)).magnitude
            if leftDistance != rightDistance { return leftDistance < rightDistance }
            return right.isNewer(than: left)
        }
    }
}
