import Events

/// Brings rows together to transactions and streams.
struct LedgerAssembly {
    /// What came of it.
    var ledger = Ledger()
    /// What is wrong, in any order.
    private(set) var problems: [LedgerProblem]

    private struct Asset: Hashable {
        var chain: Chain
        var name: AssetName
    }

    private struct Place: Hashable {
        var stream: Int
        var subject: EventSubject
    }

    private var decimals: [Asset: UInt8] = [:]
    private var streams: [WalletKey: Int] = [:]

    /// Assembles what can be used.
    init(_ rows: LedgerRows) {
        problems = rows.problems
        ledger.rowCount = rows.count
        for row in rows.rows {
            let asset = Asset(chain: row.key.wallet.chain, name: row.asset)
            decimals[asset] = max(decimals[asset] ?? 0, row.decimals ?? row.shownDecimals)
        }
        var order: [LedgerRow.Key] = []
        var groups: [LedgerRow.Key: [LedgerRow]] = [:]
        for var row in rows.rows where rows.badTransactions[row.key] == nil {
            if row.settlePrice() {
                ledger.remarks.append(
                    LedgerProblem(
                        line: row.line, .priceUSD, "disagrees with the value by more than 1 %; the value is taken"))
            }
            if groups[row.key] == nil { order.append(row.key) }
            groups[row.key, default: []].append(row)
        }
        var positions: [Int64: UInt64] = [:]
        var refused = rows.badTransactions
        for key in order {
            guard let group = groups[key], let time = group.first?.facts.time else { continue }
            let position = positions[time, default: 0]
            positions[time] = position + 1
            do throws(LedgerProblem) {
                let place = place(of: key.wallet)
                let transaction = try transaction(key, group, position: position)
                ledger.streams[place].transactions.append(transaction)
                ledger.streams[place].payloads.append(Self.payload(rows.header, group))
            } catch {
                problems.append(error)
                refused[key] = error
            }
        }
        for (key, problem) in refused.sorted(by: { $0.value.line < $1.value.line }) {
            let place = place(of: key.wallet)
            ledger.streams[place].refused.append(TransactionRefused(key.transaction, problem))
        }
        add(rows.prices)
        ledger.remarks.sort { $0.line < $1.line }
    }

    private func transaction(
        _ key: LedgerRow.Key, _ rows: [LedgerRow], position: UInt64
    ) throws(LedgerProblem) -> TransactionObserved {
        let facts = rows[0].facts
        let main = rows.first { $0.direction != .fee } ?? rows[0]
        var legs: [Leg] = []
        var fee: Leg?
        var acts: [Act] = []
        for row in rows {
            let leg = try row.leg(decimals: decimals(of: row))
            guard row.direction != .fee else {
                fee = leg
                continue
            }
            guard legs.count < TransactionObserved.maximumLegCount else {
                throw LedgerProblem(line: row.line, "more than \(TransactionObserved.maximumLegCount) legs")
            }
            legs.append(leg)
            if row.operation != main.operation, !acts.contains(where: { $0.id == row.act }) {
                acts.append(Act(id: row.act, operation: row.operation))
            }
        }
        return TransactionObserved(
            identity: TransactionIdentity(hash: key.transaction), minedAt: facts.time, block: facts.block,
            nonce: facts.nonce ?? position, sender: facts.sender, status: facts.status, isTrash: facts.isTrash,
            operation: main.operation, legs: legs, fee: fee, acts: acts)
    }

    private func decimals(of row: LedgerRow) -> UInt8 {
        row.decimals ?? decimals[Asset(chain: row.key.wallet.chain, name: row.asset)] ?? row.shownDecimals
    }

    private mutating func place(of wallet: WalletKey) -> Int {
        if let place = streams[wallet] { return place }
        streams[wallet] = ledger.streams.count
        ledger.streams.append(Ledger.Stream(wallet: wallet))
        return ledger.streams.count - 1
    }

    private static func payload(_ header: ArraySlice<UInt8>, _ rows: [LedgerRow]) -> [UInt8] {
        let lineEnd = UInt8(ascii: "\n")
        return rows.reduce(into: Array(header) + [lineEnd]) { text, row in
            text += row.text
            text.append(lineEnd)
        }
    }

    /// A price concerns every wallet of the file that moves the asset; of several tellings about one subject the last
    /// counts.
    private mutating func add(_ prices: [(line: Int, chain: Chain, price: PriceObserved)]) {
        guard !prices.isEmpty else { return }
        var movers: [Asset: [Int]] = [:]
        for place in ledger.streams.indices {
            let chain = ledger.streams[place].wallet.chain
            let names = Set(
                ledger.streams[place].transactions.flatMap { $0.legs.map(\.asset) + ($0.fee.map { [$0.asset] } ?? []) })
            for name in names { movers[Asset(chain: chain, name: name), default: []].append(place) }
        }
        var known: [Place: Int] = [:]
        for (line, chain, price) in prices {
            let places = movers[Asset(chain: chain, name: price.asset)] ?? []
            if places.isEmpty {
                ledger.remarks.append(LedgerProblem(line: line, .asset, "no wallet of the file moves it"))
            }
            for stream in places {
                let place = Place(stream: stream, subject: EventSubject(of: .priceObserved(price)))
                if let index = known[place] {
                    ledger.streams[stream].prices[index] = price
                } else {
                    known[place] = ledger.streams[stream].prices.count
                    ledger.streams[stream].prices.append(price)
                }
            }
        }
    }
}

extension TransactionRefused {
    /// A transaction of which a row cannot be taken. The line is left out: the same row may stand elsewhere next time.
    fileprivate init(_ transaction: [UInt8], _ problem: LedgerProblem) {
        let code: Code =
            switch problem.column.flatMap(LedgerColumn.init(rawValue:)) {
            case .time: .invalidTime
            case .asset, .sender: .invalidAddress
            case .quantity, .priceUSD, .valueUSD, .decimals, .block, .nonce: .invalidNumber
            default: .wrongShape
            }
        let column = problem.column.map { "column \($0): " } ?? ""
        self.init(
            identity: TransactionIdentity(hash: transaction), code: code, detail: column + problem.reason)
    }
}
