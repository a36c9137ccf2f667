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
///
/// Legs are read in place: copying one costs more than what is done with it.
struct R1Conversion {
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
    private var ascending: [Int] = []
    /// Counts transactions, for `R1Token.boughtIn` and `soldIn`.
    private(set) var transactionMark: Int32 = 0
    /// Counts trades, for `R1Token.nettedIn`.
    var tradeMark: Int32 = 0
    /// Of the transaction at hand: the token of each leg, -1 for a leg that is dropped (2.2).
    private(set) var legTokens: [Int32] = []
    /// Of the transaction at hand: what becomes of each leg.
    var treatments: [R1Treatment] = []

    /// A conversion that has seen nothing yet.
    init(chain: Chain, capacity: Int) {
        isSolana = chain == .solana
        disposals.reserveCapacity(capacity)
        disposalTokens.reserveCapacity(capacity)
    }

    /// Converts the transaction at `index` of the history.
    mutating func convert(_ index: Int32, of history: WalletHistory, prices: PriceBook) {
        let place = Int(index)
        completeness.transactions += 1
        completeness.replacedTexts += Int64(history.transactions[place].replacedTexts)
        guard !history.transactions[place].isTrash else {
            completeness.trash += 1
            return
        }
        transactionMark += 1
        let legs = history.transactions[place].legs
        prepare(legs)
        let context = R1Transaction(
            index: index, time: history.transactions[place].minedAt, operation: history.transactions[place].operation)
        guard let kind = context.kind else { return }
        var order = positions(legs.count)
        switch kind {
        case .trade:
            if let acts = R1Acts(legs) {
                for act in acts.pairs { decide(act, of: legs) }
                order = acts.order[...]
            } else {
                decide(order, of: legs)
            }
        case .send:
            for position in order where legs[position].direction == .outgoing { state(legs, position) }
        case .receive:
            // No event by itself: only a receipt that an observed price is found for becomes one (2.3).
            break
        }
        enrich(legs, order, of: context, prices: prices)
        append(legs, order, of: context, history)
    }

    /// Lets a leg be an event at its own price and value, if it has either.
    mutating func state(_ legs: [Leg], _ position: Int) {
        guard legTokens[position] >= 0 else { return }
        if legs[position].price != nil || legs[position].value != nil { treatments[position] = .stated }
    }

    /// 0, 1, 2 … without an allocation of its own.
    private mutating func positions(_ count: Int) -> ArraySlice<Int> {
        while ascending.count < count { ascending.append(ascending.count) }
        return ascending[..<count]
    }

    private mutating func prepare(_ legs: [Leg]) {
        legTokens.removeAll(keepingCapacity: true)
        treatments.removeAll(keepingCapacity: true)
        for position in legs.indices {
            treatments.append(.none)
            if legs[position].nft == nil, let asset = R1.asset(named: legs[position].asset) {
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

/// The transaction at hand.
struct R1Transaction {
    /// The operations that the original looks at (domain.md 2.3).
    enum Kind {
        case trade
        case send
        case receive
    }

    /// Its index in the history.
    let index: Int32
    /// Microseconds since the epoch.
    let time: Int64
    /// What it is; nil for what is skipped.
    let kind: Kind?

    /// Names the transaction at `index`.
    init(index: Int32, time: Int64, operation: Operation) {
        self.index = index
        self.time = time
        switch operation {
        case .trade: kind = .trade
        case .send: kind = .send
        case .receive: kind = .receive
        default: kind = nil
        }
    }
}

extension R1Conversion {
    /// Appends the events in the order of acts and legs (11.1).
    private mutating func append(
        _ legs: [Leg], _ order: ArraySlice<Int>, of transaction: R1Transaction, _ history: WalletHistory
    ) {
        for position in order where legTokens[position] >= 0 {
            let token = Int(legTokens[position])
            guard !tokens[token].isUnrepresentable else { continue }
            do throws(ArithmeticError) {
                guard let quantity = legs[position].amount.int128 else { throw .overflow }
                guard let event = try event(legs, position, quantity, transaction) else { continue }
                tokens[token].notice(legs, position, in: transaction.index)
                tokens[token].events.append(event)
                guard event.kind == .sell else { continue }
                disposals.append(
                    Disposal(
                        asset: tokens[token].asset, time: transaction.time,
                        transaction: history.subject(ofTransaction: transaction.index), quantity: quantity))
                disposalTokens.append(Int32(token))
            } catch {
                tokens[token].notice(legs, position, in: transaction.index)
                tokens[token].isUnrepresentable = true
            }
        }
    }

    private func event(
        _ legs: [Leg], _ position: Int, _ quantity: Int128, _ transaction: R1Transaction
    ) throws(ArithmeticError) -> R1Event? {
        let kind: R1Event.Kind =
            transaction.kind == .receive ? .receive : legs[position].direction == .outgoing ? .sell : .buy
        let price: UnitPrice
        var value: Money?
        switch treatments[position] {
        case .none: return nil
        case .stated:
            if let digits = legs[position].price {
                price = .digits(digits)
                if kind == .buy, let stated = legs[position].value { value = try Money(rounding: stated) }
            } else if let stated = legs[position].value {
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
        let decimals = legs[position].decimals
        if kind == .buy, value == nil { value = try price.value(ofBaseUnits: quantity, decimals: decimals) }
        return R1Event(
            kind: kind, decimals: decimals, transaction: transaction.index, disposal: Int32(disposals.count),
            second: R1.second(ofMicroseconds: transaction.time), time: transaction.time, quantity: quantity,
            price: price, value: value ?? .zero)
    }
}
