import Events
import Postgres
import ReadModels

/// Writes what a batch adds to `base`, within the caller's transaction. Confined to one thread.
struct BaseWriter {
    let connection: PostgresConnection

    /// Writes one batch: a chunk of events a wallet, and what needs no rule set.
    func write(_ wallets: [FoldedWallet]) throws {
        _ = try connection.copyIn(
            to: "base.wallet_events",
            columns: ["chain", "wallet", "first_offset", "last_offset", "partition", "event_count", "events"]
        ) { writer in
            for wallet in wallets.map(\.touched) {
                for start in stride(from: 0, to: wallet.entries.count, by: Self.eventsPerChunk) {
                    let end = min(start + Self.eventsPerChunk, wallet.entries.count)
                    try append(wallet, wallet.entries[start..<end], to: &writer)
                }
            }
        }
        var effects = BaseEffects()
        for wallet in wallets {
            for event in wallet.effects { effects.note(event, of: wallet.touched.wallet) }
        }
        for statement in effects.statements { _ = try connection.query(statement.sql, statement.values) }
    }

    /// Events a chunk holds at most (design.md, Projection).
    private static let eventsPerChunk = 256

    private func append(
        _ wallet: TouchedWallet, _ entries: ArraySlice<EventChunk.Entry>, to writer: inout CopyWriter
    ) throws(PostgresError) {
        writer.append(wallet.wallet.chain.rawValue)
        writer.append(bytes: wallet.wallet.address.bytes)
        writer.append(entries.first?.offset ?? 0)
        writer.append(entries.last?.offset ?? 0)
        writer.append(wallet.partition)
        writer.append(Int32(entries.count))
        writer.append(bytes: EventChunk.pack(entries))
        try writer.endRow()
    }
}
