import Events

/// What orders nearly all transactions, without a look at the transactions themselves.
struct TransactionKey: Sendable {
    /// Microseconds since the epoch.
    var time: Int64
    /// The first bytes of its hash or id, big-endian.
    var prefix: UInt64

    /// The key of a transaction.
    init(_ transaction: TransactionObserved) {
        time = transaction.minedAt
        prefix = transaction.identity.subject.withUnsafeBytes { bytes in
            if bytes.count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) }
            return bytes.reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - bytes.count))
        }
    }
}

/// Brings transactions into the order of time and hash.
struct TransactionOrder {
    private struct Entry {
        var key: TransactionKey
        var index: Int32
    }

    private var entries: [Entry] = []

    /// Makes room for so many transactions.
    init(capacity: Int) { entries.reserveCapacity(capacity) }

    /// Adds the transaction at `index` of the history; `key.time` may be coarser than the transaction's.
    mutating func append(_ key: TransactionKey, index: Int32) { entries.append(Entry(key: key, index: index)) }

    /// The indices by time, then by the hash's bytes.
    consuming func sorted(in history: WalletHistory) -> [Int32] {
        if !entries.indices.dropFirst().allSatisfy({ !Self.precedes(entries[$0], entries[$0 - 1], history) }) {
            // Providers deliver newest first: what was appended in their order is sorted once it is turned round.
            entries.reverse()
            entries.sort { Self.precedes($0, $1, history) }
        }
        return entries.map(\.index)
    }

    private static func precedes(_ left: Entry, _ right: Entry, _ history: WalletHistory) -> Bool {
        if left.key.time != right.key.time { return left.key.time < right.key.time }
        if left.key.prefix != right.key.prefix { return left.key.prefix < right.key.prefix }
        return history.subject(ofTransaction: left.index)
            .lexicographicallyPrecedes(history.subject(ofTransaction: right.index))
    }
}
