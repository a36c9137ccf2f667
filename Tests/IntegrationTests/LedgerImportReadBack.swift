import Accounting
import Events
import Foundation
import Postgres
import ReadModels
import TestSupport
import Testing

@testable import Projector

/// What an installation has of a wallet: its events, and the tables its live generation was folded into.
final class StoredWallets {
    private let connection: PostgresConnection
    private let decoder = StoredEventDecoder()

    init(_ installation: Installation) throws {
        connection = try PostgresConnection(installation.configuration("pnl_projector"))
    }

    deinit { connection.close() }

    /// The wallet's stored events.
    func history(of wallet: WalletKey) throws -> WalletHistory {
        var history = WalletHistory(wallet: wallet)
        try WalletEventsTable.forEachEvent(of: [wallet], connection) { _, partition, entry in
            history.insert(try decoder.decode(entry, partition: partition))
        }
        return history
    }

    /// Whether disposals, lots and lines of the read model are those of the numbers.
    func compare(_ numbers: WalletNumbers, _ wallet: WalletKey) throws {
        let owner: [PostgresValue] = [.int16(wallet.chain.rawValue), .bytes(wallet.address.bytes)]
        var disposals: [Address: [Disposal]] = [:]
        for (asset, bytes) in try packed("disposals", "disposals", orderedBy: "asset, chunk", owner) {
            disposals[asset, default: []] += try DisposalChunk.unpack(bytes[...], asset: asset)
        }
        #expect(disposals == Dictionary(grouping: numbers.disposals, by: \.asset))
        var lots: [Address: [OpenLot]] = [:]
        for (asset, bytes) in try packed("open_lots", "lots", orderedBy: "asset", owner) {
            lots[asset] = try LotChunk.unpack(bytes[...])
        }
        #expect(lots == numbers.openLots)
        #expect(try packed("token_pnl", "body", orderedBy: "asset", owner).count == numbers.tokens.count)
    }

    private func packed(
        _ table: String, _ column: String, orderedBy order: String, _ owner: [PostgresValue]
    ) throws -> [(asset: Address, bytes: [UInt8])] {
        let rows = try connection.query(
            "SELECT asset, \(column) FROM pnl_g1.\(table) WHERE chain = $1 AND wallet = $2 ORDER BY \(order)", owner)
        return try (0..<rows.rowCount).map { row in
            let address = try rows.bytes(row: row, column: 0)
            return (try #require(Address(bytes: address)), try rows.bytes(row: row, column: 1))
        }
    }
}

/// A token's line as it is served, asked for by the names that expectations use.
struct ServedToken {
    private let line: [String: Any]

    init(_ line: [String: Any]) { self.line = line }

    private static let paths: [String: [String]] = [
        "cost_held": ["remaining_position", "total_cost_basis_usd"],
        "quantity_known": ["remaining_position", "bought_quantity"],
        "quantity_unknown": ["remaining_position", "received_quantity"],
        "realised_gross": ["total_realized_pnl_usd"], "total": ["total_pnl_usd"],
        "proceeds": ["total_returned_usd"], "cost_acquired_by_swap": ["total_invested_usd"],
        "unrealised": ["total_unrealized_pnl_usd"], "proceeds_without_basis": ["proceeds_without_basis_usd"],
        "missing_quantity": ["missing_quantity"], "closed_trades": ["total_trades"], "wins": ["winning_trades"],
        "losses": ["losing_trades"], "one_sided": ["incomplete_trades_count"], "unpriced_legs": ["unpriced_legs"],
        "fees": ["detail", "fees_usd"], "realised_net": ["detail", "realized_net_usd"],
        "cost_disposed": ["detail", "disposed_cost_usd"],
        "cost_disposed_unpriced": ["detail", "disposed_unpriced_cost_usd"],
        "transferred_out_cost": ["detail", "transferred_out_cost_usd"],
        "cost_moved_in": ["detail", "moved_in_cost_usd"], "cost_moved_out": ["detail", "moved_out_cost_usd"],
        "unbalanced_swaps": ["detail", "unbalanced_swaps"],
    ]

    /// A figure; nil: the line says that nobody knows it.
    func figure(_ name: String) throws -> DecimalNumber? {
        if name == "unrealised", line["unrealized_is_known"] as? Bool == false { return nil }
        var value: Any? = line
        let path = try #require(Self.paths[name])
        for step in path { value = (value as? [String: Any])?[step] }
        if let text = value as? String { return try DecimalNumber(cutting: text) }
        return DecimalNumber(coefficient: Int128((value as? NSNumber)?.int64Value ?? 0), exponent: 0)
    }

    /// Compares a figure with what is expected, at a billionth or to half a cent.
    func check(_ name: String, _ expected: CaseFigure, toCents: Bool, _ label: String) throws {
        guard let wanted = try expected.number else {
            #expect(try figure(name) == nil, "\(label) \(name)")
            return
        }
        let served = try figure(name)
        let found = try Money(try #require(served, "\(label) \(name)"))
        let tolerance = toCents ? Money.unitsPerDollar / 200 : 0
        #expect(
            found.isClose(to: try Money(wanted), absoluteUnits: tolerance), "\(label) \(name): \(found.units)")
    }
}
