import Accounting
import Events
import HTTPServer

/// What can be exported, by the name of the file.
enum ExportedTable: String, Sendable, CaseIterable {
    case disposals
    case lots
    case events
}

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/{table}.csv`: all rows, bounded as every fold is; oldest first, in a stable order.
    func export(_ table: ExportedTable, _ reader: PastReader) -> Question {
        past(reader, "v3 export") { past in
            let (bytes, leftOut): ([UInt8], Int)
            switch table {
            case .disposals: (bytes, leftOut) = (past.disposalsCSV(), 0)
            case .lots: (bytes, leftOut) = (past.lotsCSV(), 0)
            case .events:
                let ledger = LedgerExport(past.history)
                (bytes, leftOut) = (ledger.bytes, ledger.leftOut)
            }
            var answer = Answer(contentType: .csv, body: bytes, entityTag: past.entityTag, isStorable: true)
            let name = "\(past.wallet.address.text(on: past.chain))-\(table.rawValue).csv"
            answer.headers = [
                ("Content-Disposition", "attachment; filename=\"\(name)\""), ("X-Position", past.position),
                ("X-Left-Out", String(leftOut)),
            ]
            return answer
        }
    }
}

extension PastWallet {
    /// A row a disposal and lot it was matched with; a disposal's own amounts stand in its first row.
    fileprivate func disposalsCSV() -> [UInt8] {
        let tokens = TokenNames(self)
        var csv = CSVWriter(
            header: [
                "time", "chain", "wallet", "transaction", "kind", "asset", "symbol", "quantity", "is_priced",
                "proceeds_usd", "cost_usd", "realized_usd", "proceeds_without_basis_usd", "market_value_usd",
                "lot_basis", "lot_acquired_at", "lot_acquisition", "lot_quantity", "lot_cost_usd", "lot_proceeds_usd",
                "lot_realized_usd",
            ], reservingByteCount: 512 * numbers.disposals.count + 512)
        for disposal in numbers.disposals {
            let decimals = tokens.decimals(of: disposal.asset)
            let isRealised = disposal.isPriced && disposal.kind != .send
            for (place, match) in disposal.matches.enumerated() {
                csv.place(disposal.time, disposal.transaction, wallet)
                csv.field(disposal.kind.name)
                csv.asset(disposal.asset, tokens)
                csv.field(FixedPointText.string(disposal.quantity, scale: decimals))
                csv.field(disposal.isPriced ? "true" : "false")
                let amounts = [
                    isRealised ? disposal.proceeds : nil, disposal.cost, isRealised ? disposal.realised : nil,
                    isRealised ? disposal.proceedsWithoutBasis : nil, disposal.marketValue,
                ]
                for amount in amounts { csv.money(place == 0 ? amount : nil) }
                csv.append(match, decimals: decimals)
                csv.endRow()
            }
        }
        return csv.bytes
    }

    fileprivate func lotsCSV() -> [UInt8] {
        let tokens = TokenNames(self)
        let lots = openLots()
        var csv = CSVWriter(
            header: [
                "time", "chain", "wallet", "transaction", "origin", "asset", "symbol", "quantity", "has_known_basis",
                "cost_usd",
            ], reservingByteCount: 256 * lots.count + 256)
        for (asset, lot) in lots {
            csv.place(lot.acquiredAt, lot.acquisition, wallet)
            csv.field(lot.origin.name)
            csv.asset(asset, tokens)
            csv.field(FixedPointText.string(lot.quantity, scale: tokens.decimals(of: asset)))
            csv.field(lot.hasKnownBasis ? "true" : "false")
            csv.money(lot.hasKnownBasis ? lot.cost : nil)
            csv.endRow()
        }
        return csv.bytes
    }
}

extension CSVWriter {
    /// Time, chain, wallet and transaction: what every row begins with.
    mutating func place(_ time: Int64, _ transaction: [UInt8], _ wallet: WalletKey) {
        field(Timestamp.format(microseconds: time))
        field(wallet.chain.name)
        field(wallet.address.text(on: wallet.chain))
        foreign(String(decoding: transaction, as: UTF8.self))
    }

    fileprivate mutating func asset(_ asset: Address, _ tokens: TokenNames) {
        field(asset.pathText(on: tokens.chain))
        foreign(tokens.symbol(of: asset))
    }

    fileprivate mutating func money(_ amount: Money?) {
        field(amount.map { FixedPointText.string($0.units, scale: Money.scale) })
    }

    fileprivate mutating func append(_ match: LotMatch, decimals: Int) {
        field(match.basis.name)
        field(match.basis == .missing ? nil : Timestamp.format(microseconds: match.acquiredAt))
        foreign(String(decoding: match.acquisition, as: UTF8.self))
        field(FixedPointText.string(match.quantity, scale: decimals))
        money(match.basis == .known ? match.cost : nil)
        money(match.proceeds)
        money(match.basis == .known ? match.realised : nil)
    }
}
