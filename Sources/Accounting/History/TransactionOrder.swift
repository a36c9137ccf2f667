import Events

/// Brings transactions into the order of time and hash.
struct TransactionOrder {
    private struct Key {
        var time: Int64
        /// The hash's first bytes, big-endian: enough to tell nearly all transactions of one time apart.
        var prefix: UInt64
        var index: Int32
    }

    private var keys: [Key] = []

    /// Makes room for so many transactions.
    init(capacity: Int) { keys.reserveCapacity(capacity) }

    /// Adds the transaction at `index` of the history with the time that counts for the order.
    mutating func append(time: Int64, subject: [UInt8], index: Int32) {
        var prefix: UInt64 = 0
        for byte in subject.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
        if subject.count < 8 { prefix <<= UInt64(8 * (8 - subject.count)) }
        keys.append(Key(time: time, prefix: prefix, index: index))
    }

    /// The indices by time, then by the hash's bytes.
    consuming func sorted(in history: WalletHistory) -> [Int32] {
        if !keys.indices.dropFirst().allSatisfy({ Self.precedes(keys[$0 - 1], keys[$0], history) }) {
            // Providers deliver newest first: what was appended in their order is sorted once it is turned round.
            keys.reverse()
            keys.sort { Self.precedes($0, $1, history) }
        }
        return keys.map(\.index)
    }

    private static func precedes(_ left: Key, _ right: Key, _ history: WalletHistory) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return history.subject(ofTransaction: left.index)
            .lexicographicallyPrecedes(history.subject(ofTransaction: right.index))
    }
}
