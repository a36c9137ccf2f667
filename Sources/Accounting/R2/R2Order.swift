import Events

/// The canonical order of transactions (domain.md 11.2, Order): time; block, unknown or 0 last; those sent by others
/// before the wallet's own; nonce of the wallet's own, unknown last; hash. Every key always compares, so it is total.
struct R2Order {
    private struct Key {
        var time: Int64
        var block: UInt64
        var isOwn: Bool
        var nonce: UInt64
        var prefix: UInt64
        var index: Int32
    }

    /// Whether any of the transactions is flagged as spam.
    private(set) var hasTrash = false
    private var keys: [Key] = []
    private let wallet: Address

    /// An order of as many transactions of this wallet.
    init(wallet: Address, capacity: Int) {
        self.wallet = wallet
        keys.reserveCapacity(capacity)
    }

    /// Adds the transaction at `index` of the history.
    mutating func append(_ key: TransactionKey, index: Int32) {
        keys.append(Key(time: key.time, block: .max, isOwn: false, nonce: 0, prefix: key.prefix, index: index))
    }

    /// Fills in what only the transactions themselves say.
    mutating func complete(from transactions: [TransactionObserved]) {
        // Through a pointer single fields are read in place; arrays and spans copy the element, and with it retain
        // parts that are not in the cache.
        transactions.withUnsafeBufferPointer { transactions in
            for place in keys.indices {
                let index = Int(keys[place].index)
                keys[place].block = Self.unknownLast(transactions[index].block)
                hasTrash = hasTrash || transactions[index].isTrash
                guard transactions[index].sender == wallet else { continue }
                keys[place].isOwn = true
                keys[place].nonce = transactions[index].nonce ?? .max
            }
        }
    }

    /// The indices in canonical order.
    consuming func sorted(in history: WalletHistory) -> [Int32] {
        if !keys.indices.dropFirst().allSatisfy({ !Self.precedes(keys[$0], keys[$0 - 1], history) }) {
            // Providers deliver newest first: what was appended in their order is sorted once it is turned round.
            keys.reverse()
            keys.sort { Self.precedes($0, $1, history) }
        }
        return keys.map(\.index)
    }

    private static func unknownLast(_ block: UInt64?) -> UInt64 {
        guard let block, block > 0 else { return .max }
        return block
    }

    private static func precedes(_ left: Key, _ right: Key, _ history: WalletHistory) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.block != right.block { return left.block < right.block }
        if left.isOwn != right.isOwn { return right.isOwn }
        if left.nonce != right.nonce { return left.nonce < right.nonce }
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return history.subject(ofTransaction: left.index)
            .lexicographicallyPrecedes(history.subject(ofTransaction: right.index))
    }
}
