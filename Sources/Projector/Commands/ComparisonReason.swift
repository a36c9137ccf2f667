import Events

/// Why rule set r2 says something else than r1 about an asset: a closed list, each derived from the wallet's events.
///
/// What can be taken out of a history is proved by doing so: without it the difference is another one. What is a way of
/// reckoning is read off the transactions and the figures.
enum ComparisonReason: String, CaseIterable, Hashable {
    case native
    case stablecoin
    case oneValue = "one value"
    case otherSide = "other side"
    case unbalanced
    case several
    case shape
    case send
    case receive
    case move
    case fee
    case spam
    case failed
    case sameSecond = "same second"
    case disposal
    case unpriced

    /// What the two rule sets do, in one sentence (domain.md 2 and 11.2).
    var explanation: String {
        switch self {
        case .native:
            "r2 keeps one native coin, its wrapped form included; r1 keeps each address apart, and drops legs without"
        case .stablecoin:
            "r2 knows the wrapped coin and the USD stablecoins of EVM chains as money; r1 recognises none there"
        case .oneValue:
            "a swap whose sides state different values has one value under r2; r1 books each leg at its own, or the "
                + "other side's, and creates or loses the difference"
        case .otherSide:
            "a leg without a value takes the rest of its swap's value, or a price observed within an hour; r1 leaves "
                + "it out unless a price was observed for that very transaction"
        case .unbalanced:
            "a coin's dust beside a swap is a fee and no payment, and sides that disagree count as the smaller; r1 "
                + "takes the dust for the price"
        case .several:
            "r2 nets all legs of an act and shares its value; r1 takes the first leg of each asset at its own value"
        case .shape:
            "assets on both sides are a swap whatever the operation is called; r1 looks at trades and sends only"
        case .send: "a send is no realisation: lots leave at their cost; r1 sells at market value"
        case .receive: "what is received for nothing is a lot of unknown basis; r1 makes no event of it"
        case .move: "a deposit, stake, wrap or their reverse moves the lots with their cost; r1 skips it"
        case .fee: "a fee disposes of its asset at market value; r1 knows no fees"
        case .spam:
            "the arrival of an asset that the wallet itself trades counts though flagged as spam; r1 drops the "
                + "transaction"
        case .failed: "a failed transaction contributes its fee only; r1 counts it in full"
        case .sameSecond:
            "transactions of one second are ordered by block, sender and nonce; r1 orders them by hash"
        case .disposal: "a closed trade is a disposal; r1 counts each pair of purchase and sale"
        case .unpriced: "an unpriced disposal takes its lots out and is no closed trade; r1 leaves the lots"
        }
    }

    /// What is left of a transaction without what this reason is about; nil: nothing. A reason that is no part of a
    /// transaction leaves all of it.
    func without(_ transaction: TransactionObserved) -> TransactionObserved? {
        var rest = transaction
        switch self {
        case .fee: rest.fee = nil
        case .spam: return transaction.isTrash ? nil : transaction
        case .failed: return transaction.status == .failed ? nil : transaction
        case .send: rest.legs.removeAll { $0.direction == .outgoing && transaction.operation(of: $0) == .send }
        case .receive: rest.legs.removeAll { $0.direction == .incoming && transaction.isReceipt($0) }
        case .move: rest.legs.removeAll { Self.moves.contains(transaction.operation(of: $0).rawValue) }
        case .shape: rest.legs.removeAll { transaction.isSwapByShape($0) }
        default: break
        }
        return rest
    }

    /// Of what the events show, what can explain figures that differ: the count of trades alone is no matter of values.
    static func among(_ shown: Set<ComparisonReason>, for figures: ComparedAsset) -> [ComparisonReason] {
        let fitting = shown.filter { reason in
            switch reason {
            case .disposal: figures.r1?.trades != figures.r2?.trades
            case .native, .stablecoin, .oneValue, .otherSide, .unbalanced, .several: figures.differInMoney
            default: true
            }
        }
        return allCases.filter((fitting.isEmpty ? shown : fitting).contains)
    }

    /// Those that are proved by taking something out.
    static let removable: [ComparisonReason] = [.shape, .send, .receive, .move, .fee, .spam, .failed]

    /// Operations that move lots (domain.md 11.2, Moves).
    fileprivate static let moves: Set<String> = [
        "deposit", "withdraw", "stake", "unstake", "wrap", "unwrap", "bridge",
    ]
}

extension TransactionObserved {
    /// What the act of a leg does.
    func operation(of leg: Leg) -> Operation { acts.first { $0.id == leg.act }?.operation ?? operation }

    fileprivate func isReceipt(_ leg: Leg) -> Bool {
        operation(of: leg) == .receive || !legs.contains { $0.act == leg.act && $0.direction == .outgoing }
    }

    fileprivate func isSwapByShape(_ leg: Leg) -> Bool {
        let operation = operation(of: leg)
        guard ![.trade, .send, .receive].contains(operation), !ComparisonReason.moves.contains(operation.rawValue)
        else {
            return self.operation != .trade && operation == .trade
        }
        let directions = Set(legs.filter { $0.act == leg.act }.map(\.direction))
        return directions.isSuperset(of: [.incoming, .outgoing])
    }
}
