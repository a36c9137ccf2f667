import Events

/// A row of a ledger, read but not yet brought together with the others of its transaction.
struct LedgerRow {
    /// Which transaction of which wallet a row belongs to.
    struct Key: Hashable {
        let wallet: WalletKey
        let transaction: [UInt8]
    }

    /// What all rows of a transaction must agree in.
    struct Facts: Hashable {
        var time: Int64
        var block: UInt64?
        var nonce: UInt64?
        var sender: Address
        var status: TransactionObserved.Status
        var isTrash: Bool
    }

    /// Where a row's quantity went.
    enum Direction {
        case incoming
        case outgoing
        case fee
    }

    let line: Int
    /// As it stands in the file.
    let text: ArraySlice<UInt8>
    let key: Key
    let facts: Facts
    let operation: Operation
    let act: String
    let direction: Direction
    let asset: AssetName
    let symbol: String
    let quantity: DecimalNumber
    /// As stated; nil: the most that any row of the asset shows.
    let decimals: UInt8?
    var price: DecimalNumber?
    let value: DecimalNumber?

    /// Digits after the point that the quantity needs.
    var shownDecimals: UInt8 { UInt8(clamping: max(0, -quantity.exponent)) }

    /// The transaction that a row belongs to, where that much can be read.
    static func key(of cells: LedgerCells) throws(LedgerProblem) -> Key {
        let chain = try cells.chain()
        guard let wallet = try cells.address(.wallet, on: chain) else { throw cells.problem(.wallet, "missing") }
        return Key(
            wallet: WalletKey(chain: chain, address: wallet), transaction: Array(try cells.requiredBytes(.transaction)))
    }

    /// Reads the cells of a row that is no price.
    init(_ cells: LedgerCells) throws(LedgerProblem) {
        line = cells.line
        text = cells.text
        key = try Self.key(of: cells)
        let chain = key.wallet.chain
        facts = Facts(
            time: try cells.time(), block: try cells.count(.block), nonce: try cells.count(.nonce),
            sender: try cells.address(.sender, on: chain) ?? key.wallet.address,
            status: try cells.word(.status, ["confirmed": .confirmed, "failed": .failed], default: .confirmed),
            isTrash: try cells.word(.trash, ["true": true, "false": false], default: false))
        guard let word = try cells.text(.operation) else { throw cells.problem(.operation, "missing") }
        operation = Operation(rawValue: word)
        act = try cells.text(.act) ?? "0"
        guard cells.bytes(.direction) != nil else { throw cells.problem(.direction, "missing") }
        direction = try cells.word(.direction, ["in": .incoming, "out": .outgoing, "fee": .fee], default: .fee)
        asset = try cells.asset(on: chain)
        symbol = try cells.text(.symbol) ?? ""
        guard let quantity = try cells.number(.quantity) else { throw cells.problem(.quantity, "missing") }
        self.quantity = quantity
        decimals = try Self.decimals(cells, for: quantity)
        price = try cells.number(.priceUSD)
        value = try cells.number(.valueUSD)
    }

    private static func decimals(_ cells: LedgerCells, for quantity: DecimalNumber) throws(LedgerProblem) -> UInt8? {
        guard -quantity.exponent <= Int32(Leg.maximumDecimals) else {
            throw cells.problem(.quantity, "more than \(Leg.maximumDecimals) digits after the point")
        }
        guard let stated = try cells.count(.decimals) else { return nil }
        guard stated <= UInt64(Leg.maximumDecimals) else {
            throw cells.problem(.decimals, "more than \(Leg.maximumDecimals)")
        }
        guard Int64(stated) >= Int64(-quantity.exponent) else {
            throw cells.problem(.decimals, "fewer than the quantity shows")
        }
        return UInt8(stated)
    }

    /// Lets the value win over a price that disagrees by more than 1 %; true when it did.
    mutating func settlePrice() -> Bool {
        guard let price, let value, !LedgerAgreement.agrees(price: price, quantity: quantity, value: value) else {
            return false
        }
        self.price = nil
        return true
    }

    /// The row as a leg with so many decimals; throws when its quantity does not fit 128 bits.
    func leg(decimals: UInt8) throws(LedgerProblem) -> Leg {
        guard let amount = quantity.baseUnits(decimals: decimals) else {
            throw LedgerProblem(line: line, .quantity, "does not fit 128 bits")
        }
        let legDirection: Leg.Direction =
            switch direction {
            case .incoming: .incoming
            case .outgoing: .outgoing
            // Its own whoever sent the transaction: a ledger's fee is always the wallet's (domain.md 11.2, Fees).
            case .fee: facts.sender == key.wallet.address ? .outgoing : .own
            }
        return Leg(
            act: direction == .fee ? "" : act, direction: legDirection, asset: asset, symbol: symbol,
            amount: amount, decimals: decimals, price: price, value: value)
    }
}

extension DecimalNumber {
    /// The number times 10^`decimals` as a whole amount; nil when it is none or leaves 127 bits.
    fileprivate func baseUnits(decimals: UInt8) -> Amount? {
        var units = coefficient
        let shift = Int(exponent) + Int(decimals)
        guard units != 0 else { return .zero }
        guard (0...38).contains(shift) else { return nil }
        for _ in 0..<shift {
            let (product, overflowed) = units.multipliedReportingOverflow(by: 10)
            guard !overflowed else { return nil }
            units = product
        }
        return UInt128(exactly: units).map { Amount(low: $0) }
    }
}
