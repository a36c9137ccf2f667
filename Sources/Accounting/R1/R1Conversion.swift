import Events

/// How a leg becomes an event, if it does.
enum R1Treatment {
    /// Not at all.
    case none
    /// At its own price and value (domain.md 2.4 D).
    case stated
    /// At the other side's total (2.4 C); nil where that does not fit.
    case total(Money?)
    /// At a price observed for this transaction and asset (2.5).
    case observed(DecimalNumber)
}

/// Turns transactions, taken in canonical order, into the financial events of each token (domain.md 2.2–2.5).
struct R1Conversion {
    /// The history converted.
    let history: WalletHistory
    /// Its prices.
    let prices: PriceBook
    /// Tokens in the order in which they first moved.
    var tokens: [R1Token] = []
    /// A row a sale, in canonical order, not matched yet.
    private(set) var disposals: [Disposal] = []
    /// The token of each disposal.
    private(set) var disposalTokens: [Int32] = []
    /// What was left out on the way.
    var completeness = Completeness()

    private var tokenIndices: [Address: Int32] = [:]
    private let isSolana: Bool
    private var transactionMark: Int32 = 0
    /// Counts trades, for `R1Token.nettedIn`.
    var tradeMark: Int32 = 0
    /// Of the transaction at hand: the token of each leg, -1 for a leg that is dropped (2.2).
    private(set) var legTokens: [Int32] = []
    /// Of the transaction at hand: what becomes of each leg.
    var treatments: [R1Treatment] = []

    /// A conversion that has seen nothing yet.
    init(history: WalletHistory, prices: PriceBook) {
        self.history = history
        self.prices = prices
        isSolana = history.wallet.chain == .solana
        disposals.reserveCapacity(history.count)
        disposalTokens.reserveCapacity(history.count)
    }

    /// Converts the transaction at `index` of the history.
    mutating func convert(transactionAt index: Int32) {
        guard case .transactionObserved(let transaction) = history.records[Int(index)].event.body else { return }
        completeness.transactions += 1
        completeness.replacedTexts += Int64(transaction.replacedTexts)
        guard !transaction.isTrash else {
            completeness.trash += 1
            return
        }
        transactionMark += 1
        let legs = transaction.legs
        prepare(legs)
        switch transaction.operation {
        case .trade:
            let acts = R1Acts(legs)
            for act in acts.pairs { decide(act, of: legs) }
            finish(transaction, at: index, legsInOrder: acts.order)
        case .send:
            for (leg, position) in zip(legs, legs.indices) where leg.direction == .outgoing { state(leg, at: position) }
            finish(transaction, at: index, legsInOrder: legs.indices)
        case .receive:
            // No event by itself: only a receipt that an observed price is found for becomes one (2.3).
            finish(transaction, at: index, legsInOrder: legs.indices)
        default:
            break
        }
    }

    /// Lets a leg be an event at its own price and value, if it has either.
    mutating func state(_ leg: Leg, at position: Int) {
        if legTokens[position] >= 0, leg.price != nil || leg.value != nil { treatments[position] = .stated }
    }

    private mutating func prepare(_ legs: [Leg]) {
        legTokens.removeAll(keepingCapacity: true)
        treatments.removeAll(keepingCapacity: true)
        for leg in legs {
            treatments.append(.none)
            if let asset = R1.asset(of: leg) {
                legTokens.append(token(of: asset))
            } else {
                legTokens.append(-1)
                completeness.nonFungibleLegs += 1
            }
        }
    }

    private mutating func token(of asset: Address) -> Int32 {
        if let known = tokenIndices[asset] { return known }
        let index = Int32(tokens.count)
        tokens.append(R1Token(asset: asset, isStable: isSolana && R1.stableCurrencies.contains(asset)))
        tokenIndices[asset] = index
        return index
    }
}

extension R1Conversion {
    /// Prices what the provider left unpriced, then appends the events in the order of acts and legs (11.1).
    private mutating func finish(
        _ transaction: TransactionObserved, at index: Int32, legsInOrder order: some Collection<Int>
    ) {
        markConverted(transaction)
        for position in order where legTokens[position] >= 0 {
            enrich(transaction.legs[position], at: position, of: transaction, index: index)
        }
        for position in order where legTokens[position] >= 0 {
            let leg = transaction.legs[position]
            let token = Int(legTokens[position])
            guard !tokens[token].isUnrepresentable else { continue }
            do throws(ArithmeticError) {
                guard let quantity = leg.amount.int128 else { throw .overflow }
                guard let event = try event(of: leg, quantity, treatments[position], in: transaction, at: index) else {
                    continue
                }
                tokens[token].notice(leg, at: Int32(position), in: index)
                append(event, to: token, transaction: transaction)
            } catch {
                tokens[token].notice(leg, at: Int32(position), in: index)
                tokens[token].isUnrepresentable = true
            }
        }
    }

    private mutating func markConverted(_ transaction: TransactionObserved) {
        for (position, leg) in transaction.legs.enumerated() {
            if case .none = treatments[position] { continue }
            let token = Int(legTokens[position])
            if leg.direction == .outgoing {
                tokens[token].soldIn = transactionMark
            } else {
                tokens[token].boughtIn = transactionMark
            }
        }
    }

    /// Gives an unpriced leg the price observed for its transaction and asset (2.5).
    ///
    /// A leg whose token already has an event of the same kind out of this transaction gets none (B12): the original's
    /// key knows neither amount nor index.
    private mutating func enrich(_ leg: Leg, at position: Int, of transaction: TransactionObserved, index: Int32) {
        guard leg.price == nil, leg.value == nil, case .none = treatments[position] else { return }
        let token = Int(legTokens[position])
        let isConverted: Bool
        switch (transaction.operation, leg.direction) {
        case (.trade, .incoming): isConverted = tokens[token].boughtIn == transactionMark
        case (.trade, .outgoing), (.send, .outgoing): isConverted = tokens[token].soldIn == transactionMark
        case (.receive, .incoming): isConverted = false
        case (.trade, .own): isConverted = true
        default: return
        }
        let observation =
            isConverted
            ? nil : prices.observation(of: tokens[token].asset, transaction: index, nearest: transaction.minedAt)
        if let observation {
            treatments[position] = .observed(observation.price)
        } else {
            tokens[token].unpricedLegs += 1
            completeness.unpricedLegs += 1
        }
    }

    private func event(
        of leg: Leg, _ quantity: Int128, _ treatment: R1Treatment, in transaction: TransactionObserved, at index: Int32
    ) throws(ArithmeticError) -> R1Event? {
        let kind: R1Event.Kind =
            transaction.operation == .receive ? .receive : leg.direction == .outgoing ? .sell : .buy
        let price: UnitPrice
        var value: Money?
        switch treatment {
        case .none: return nil
        case .stated:
            if let digits = leg.price {
                price = .digits(digits)
                if kind == .buy, let stated = leg.value { value = try Money(rounding: stated) }
            } else if let stated = leg.value {
                let total = try Money(rounding: stated)
                price = quantity == 0 ? .zero : .ratio(total, baseUnits: quantity)
                value = total
            } else {
                return nil
            }
        case .total(let total):
            guard let total else { throw .overflow }
            price = .ratio(total, baseUnits: quantity)
            value = total
        case .observed(let digits): price = .digits(digits)
        }
        if kind == .buy, value == nil { value = try price.value(ofBaseUnits: quantity, decimals: leg.decimals) }
        return R1Event(
            kind: kind, decimals: leg.decimals, transaction: index, disposal: Int32(disposals.count),
            second: R1.second(ofMicroseconds: transaction.minedAt), time: transaction.minedAt, quantity: quantity,
            price: price, value: value ?? .zero)
    }

    private mutating func append(_ event: R1Event, to token: Int, transaction: TransactionObserved) {
        tokens[token].events.append(event)
        guard event.kind == .sell else { return }
        disposals.append(
            Disposal(
                asset: tokens[token].asset, time: event.time, transaction: transaction.identity.subject,
                quantity: event.quantity))
        disposalTokens.append(Int32(token))
    }
}
