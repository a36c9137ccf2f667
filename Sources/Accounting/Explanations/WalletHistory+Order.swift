public import Events

extension WalletHistory {
    /// The observed transactions that count, in canonical order (domain.md 11.2, Order).
    public var transactionsInOrder: [TransactionObserved] {
        var order = R2Order(wallet: wallet.address, capacity: transactions.count)
        forEach { key, index in
            order.append(key, index: index)
        } other: { _ in
        }
        order.complete(from: transactions)
        return order.sorted(in: self).map { transactions[Int($0)] }
    }
}
