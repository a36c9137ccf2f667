import Events

/// Decodes ledgers: one row a leg, RFC 4180 with a header, columns in any order (domain.md 12.1). Pure: no clock, no
/// I/O.
public struct LedgerDecoder: Sendable {
    /// A decoder.
    public init() {}

    /// Decodes a file. Throws every problem found and takes nothing, unless bad rows are skipped: then a transaction
    /// with a bad row is left out as a whole, since what is left of it would mean something else. A bad header throws
    /// in any case.
    public func decode(_ bytes: [UInt8], skipBad: Bool = false) throws(LedgerError) -> Ledger {
        var records = LedgerRecords(bytes)
        let header = try LedgerHeader(records.next())
        var rows = LedgerRows(header: header.text)
        while let record = records.next() { rows.add(record, header) }
        rows.checkAgreement()
        var assembly = LedgerAssembly(rows)
        let problems = assembly.problems.sorted { $0.line < $1.line }
        guard problems.isEmpty || skipBad else { throw LedgerError(problems) }
        assembly.ledger.skipped = problems
        return assembly.ledger
    }
}

/// The rows of a file, by transaction.
struct LedgerRows {
    /// Rows of transactions, in the file's order.
    private(set) var rows: [LedgerRow] = []
    /// Prices with their lines and chains.
    private(set) var prices: [(line: Int, chain: Chain, price: PriceObserved)] = []
    /// What is wrong, and with which transaction if that much could be read.
    private(set) var problems: [LedgerProblem] = []
    /// Transactions of which a row is bad, with the first problem of each.
    private(set) var badTransactions: [LedgerRow.Key: LedgerProblem] = [:]
    /// Rows read.
    private(set) var count = 0
    /// The header as it stands in the file.
    let header: ArraySlice<UInt8>

    /// No rows yet.
    init(header: ArraySlice<UInt8>) { self.header = header }

    /// Who states the prices of a ledger that does not say it.
    static let defaultSource = "ledger"

    /// Reads a record.
    mutating func add(_ record: LedgerRecords.Record, _ header: LedgerHeader) {
        count += 1
        do throws(LedgerProblem) {
            let cells = try LedgerCells(record, header)
            guard cells.bytes(.operation)?.elementsEqual("price".utf8) != true else {
                prices.append(try Self.price(cells))
                return
            }
            do throws(LedgerProblem) {
                rows.append(try LedgerRow(cells))
            } catch {
                if let key = try? LedgerRow.key(of: cells), badTransactions[key] == nil {
                    badTransactions[key] = error
                }
                throw error
            }
        } catch {
            problems.append(error)
        }
    }

    private static func price(
        _ cells: LedgerCells
    ) throws(LedgerProblem) -> (line: Int, chain: Chain, price: PriceObserved) {
        let chain = try cells.chain()
        guard let price = try cells.number(.priceUSD) else { throw cells.problem(.priceUSD, "missing") }
        let observed = PriceObserved(
            asset: try cells.asset(on: chain), time: try cells.time(),
            source: try cells.text(.source) ?? defaultSource, transaction: cells.bytes(.transaction).map { Array($0) },
            price: price)
        return (cells.line, chain, observed)
    }

    /// Notes rows that contradict the first of their transaction or act, and nonces that only some have.
    mutating func checkAgreement() {
        var facts: [LedgerRow.Key: LedgerRow.Facts] = [:]
        var operations: [LedgerRow.Key: [String: Operation]] = [:]
        var fees: Set<LedgerRow.Key> = []
        let hasNonces = rows.first?.facts.nonce != nil
        for row in rows {
            if let column = row.facts.firstDifference(from: facts[row.key, default: row.facts]) {
                refuse(row, column, "differs from an earlier row of its transaction")
            }
            if operations[row.key]?[row.act] ?? row.operation != row.operation {
                refuse(row, .operation, "differs from an earlier row of its act")
            }
            if (row.facts.nonce != nil) != hasNonces {
                refuse(row, .nonce, "all transactions of the file have a nonce or none")
            }
            if row.direction == .fee, !fees.insert(row.key).inserted {
                refuse(row, .direction, "a second fee of its transaction")
            }
            facts[row.key] = facts[row.key] ?? row.facts
            operations[row.key, default: [:]][row.act] = operations[row.key]?[row.act] ?? row.operation
        }
    }

    private mutating func refuse(_ row: LedgerRow, _ column: LedgerColumn, _ reason: String) {
        let problem = LedgerProblem(line: row.line, column, reason)
        problems.append(problem)
        if badTransactions[row.key] == nil { badTransactions[row.key] = problem }
    }
}

extension LedgerRow.Facts {
    /// The first column in which both differ.
    fileprivate func firstDifference(from other: LedgerRow.Facts) -> LedgerColumn? {
        if time != other.time { return .time }
        if block != other.block { return .block }
        if nonce != other.nonce { return .nonce }
        if sender != other.sender { return .sender }
        if status != other.status { return .status }
        return isTrash == other.isTrash ? nil : .trash
    }
}
