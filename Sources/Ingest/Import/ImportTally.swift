import Events

/// What became of what the files tell.
struct ImportTally: Sendable, Hashable {
    /// Tellings of one kind.
    struct Counts: Sendable, Hashable {
        /// Appended as the first of their subject.
        var new = 0
        /// Appended as a later revision.
        var changed = 0
        /// In the log already.
        var known = 0

        /// Appended to the log.
        var appended: Int { new + changed }

        /// The same tellings, seen after an earlier attempt: what that one appended is known by now.
        func continued(after earlier: Counts) -> Counts {
            Counts(
                new: new + earlier.new, changed: changed + earlier.changed, known: max(0, known - earlier.appended))
        }

        static func += (left: inout Counts, right: Counts) {
            left.new += right.new
            left.changed += right.changed
            left.known += right.known
        }
    }

    /// Transactions that were decoded.
    var transactions = Counts()
    /// Transactions that were refused.
    var refused = Counts()
    /// Refused ones of which the log has a good telling, which stays.
    var goodOnesKept = 0
    /// Price observations.
    var prices = Counts()
    /// Coverage.
    var coverage = Counts()
    /// Payloads appended.
    var payloads = 0
    /// Transactions appended without their payload, which is larger than a record may be.
    var oversizedPayloads = 0

    /// Events appended, payloads not counted.
    var appendedEvents: Int { transactions.appended + refused.appended + prices.appended + coverage.appended }
    /// Refused transactions, appended or not.
    var refusedCount: Int { refused.appended + refused.known + goodOnesKept }

    /// The same tellings, seen after an earlier attempt that did not come to its end.
    func continued(after earlier: ImportTally) -> ImportTally {
        var tally = self
        tally.transactions = transactions.continued(after: earlier.transactions)
        tally.refused = refused.continued(after: earlier.refused)
        tally.prices = prices.continued(after: earlier.prices)
        tally.coverage = coverage.continued(after: earlier.coverage)
        tally.payloads += earlier.payloads
        tally.oversizedPayloads = max(oversizedPayloads, earlier.oversizedPayloads)
        return tally
    }

    static func += (left: inout ImportTally, right: ImportTally) {
        left.transactions += right.transactions
        left.refused += right.refused
        left.goodOnesKept += right.goodOnesKept
        left.prices += right.prices
        left.coverage += right.coverage
        left.payloads += right.payloads
        left.oversizedPayloads += right.oversizedPayloads
    }

    /// Counts events of a kind.
    mutating func count(_ kind: EventKind, as field: WritableKeyPath<Counts, Int>) {
        switch kind {
        case .transactionRefused: refused[keyPath: field] += 1
        case .priceObserved: prices[keyPath: field] += 1
        case .coverageRecorded: coverage[keyPath: field] += 1
        default: transactions[keyPath: field] += 1
        }
    }
}
