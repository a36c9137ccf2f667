import Accounting
import Events
import Foundation
import Ingest
import TestSupport
import Testing

@testable import QueryAPI

extension V3Page {
    func checkExplanations() throws {
        for figure in ExplainedFigure.allCases {
            if figure.isOfParts {
                for part in PortfolioPart.allCases {
                    try checkExplanation("figure=\(figure.rawValue)&part=\(part.rawValue)")
                }
            }
            for token in try tokens() { try checkExplanation("figure=\(figure.rawValue)&token=\(token.key)") }
        }
        try checkSource()
    }

    /// The parts of all pages together are the figure, to the last unit.
    func checkExplanation(_ query: String) throws {
        let data = try #require(try served.get("\(path)/explain?\(query)&limit=5")["data"] as? [String: Any])
        #expect(data["adds_up"] as? Bool == true, "\(query)")
        let parts = try rows("explain", limit: 50, "&\(query)")
        #expect(parts.count == data["parts_total"] as? Int)
        guard let value = data["value"] as? String else {
            #expect(parts.isEmpty, "\(query)")
            return
        }
        let sum = try parts.reduce(Int128(0)) { try $0 + V3Number.units(#require($1["amount"] as? String)) }
        #expect(try sum == V3Number.units(value), "\(query)")
    }

    /// From a figure to a disposal, its transactions, their events, and the provider's own words.
    private func checkSource() throws {
        // One of the pages holds no closed trade.
        guard let token = try tokens().first(where: { $0.value["total_trades"] as? Int ?? 0 > 0 }) else {
            #expect(try (member("portfolio", of: "") as? [String: Any])?["total_trades"] as? Int == 0)
            return
        }
        let parts = try rows("explain", limit: 10, "&figure=realized&token=\(token.key)")
        let disposal = try #require(parts.first?["disposal"] as? [String: Any])
        let transactions = try #require(parts.first?["transactions"] as? [[String: Any]])
        #expect(transactions.count >= 2)
        #expect(transactions.first?["transaction"] as? String == disposal["transaction"] as? String)
        for transaction in transactions {
            let events = try #require(transaction["events"] as? [[String: Any]])
            let observed = try #require(events.first { $0["kind"] as? String == "pnl.transaction.observed.v1" })
            #expect(observed["revision"] as? Int == 1)
            #expect((observed["position"] as? [String: Any])?["topic"] as? String == "wallet-transactions")
            let payload = try #require(observed["payload"] as? [String: Any])
            let (partition, offset) = (payload["partition"] as? Int ?? -1, payload["offset"] as? Int ?? -1)
            let words = try served.text("/api/v3/payloads/\(partition)/\(offset)")
            #expect(words.contains(try #require(transaction["transaction"] as? String)))
        }
        #expect(try served.status("/api/v3/payloads/3/99999999") == 404)
        #expect(try served.status("/api/v3/payloads/x/1") == 400)
    }

    /// What is exported folds to the same numbers once it is imported.
    func checkLedger() throws {
        let csv = try served.text("\(path)/events.csv")
        let ledger = try LedgerDecoder().decode(Array(csv.utf8))
        let stream = try #require(ledger.streams.first)
        #expect(ledger.streams.count == 1)
        let history = WalletHistory(stream.wallet, transactions: stream.transactions, prices: stream.prices)
        let numbers = try R2.fold(history)
        let figures = try #require(try self.member("portfolio", of: "") as? [String: Any])
        let body = try JSONSerialization.jsonObject(
            with: Data(WalletBodyText.portfolio(of: numbers, wallet: stream.wallet)))
        let parts = try #require((body as? [String: Any])?["parts"] as? [String: Any])
        #expect(parts as NSDictionary == figures["parts"] as? NSDictionary)
        let exported = try served.text("\(path)/disposals.csv").split(separator: "\r\n").dropFirst()
        #expect(exported.count == numbers.disposals.reduce(0) { $0 + $1.matches.count })
        let lots = try served.text("\(path)/lots.csv").split(separator: "\r\n").dropFirst()
        #expect(lots.count == numbers.openLots.values.reduce(0) { $0 + $1.count })
    }
}
