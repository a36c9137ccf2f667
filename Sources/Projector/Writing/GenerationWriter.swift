import Accounting
import Events
import Postgres
import ReadModels

/// Writes folded wallets into one generation's tables, set-based and within the caller's transaction. Confined to one
/// thread.
struct GenerationWriter {
    private let generation: Generation
    private let connection: PostgresConnection

    /// Makes the session's staging tables.
    init(generation: Generation, connection: PostgresConnection) throws {
        self.generation = generation
        self.connection = connection
        var statements = [GenerationTable.createRefolded(of: generation)]
        statements += GenerationTable.folded.map { $0.createStage(of: generation) }
        try connection.execute(statements.joined(separator: "\n"))
    }

    /// Writes one batch.
    func write(_ wallets: [FoldedWallet], writtenAt: Int64) throws {
        try stage(wallets, writtenAt: writtenAt)
        try run("summary", SummarySQL.applyDifference(in: generation))
        for table in GenerationTable.folded {
            try run("merge_\(table.name)", table.merge(into: generation))
            try run("gone_\(table.name)", table.deleteGone(from: generation))
        }
        try unpark()
        try park(wallets, parkedAt: writtenAt)
        try noteChanges(wallets, changedAt: writtenAt)
    }

    private func stage(_ wallets: [FoldedWallet], writtenAt: Int64) throws {
        try copy(into: GenerationTable.refolded(of: generation), columns: ["chain", "wallet"]) { writer in
            for wallet in wallets where !wallet.isParked {
                writer.append(wallet.touched.wallet.chain.rawValue)
                writer.append(bytes: wallet.touched.wallet.address.bytes)
                try writer.endRow()
            }
        }
        try copy(.walletPnl, wallets) { wallet, numbers, writer in
            try WalletRow(
                wallet: wallet.wallet, portfolio: numbers.portfolio, completeness: numbers.completeness,
                partition: wallet.partition, body: WalletBody.render(numbers, wallet: wallet.wallet),
                lastOffset: wallet.lastOffset, writtenAt: writtenAt
            ).append(to: &writer)
        }
        try copy(.tokenPnl, wallets) { wallet, numbers, writer in
            let matchedTrades = TokenBody.matchedTrades(of: numbers)
            for token in numbers.tokens {
                let body = TokenBody.render(
                    token, chain: wallet.wallet.chain, matchedTrades: matchedTrades[token.asset] ?? 0)
                try TokenRow(wallet: wallet.wallet, figures: token, body: body).append(to: &writer)
            }
        }
        try copy(.disposals, wallets) { wallet, numbers, writer in
            try DisposalChunk.append(numbers.disposals, of: wallet.wallet, to: &writer)
        }
        try copy(.openLots, wallets) { wallet, numbers, writer in
            try LotChunk.append(numbers.openLots, of: wallet.wallet, to: &writer)
        }
        try copy(.walletDaily, wallets) { wallet, numbers, writer in
            for day in numbers.daily { try day.append(of: wallet.wallet, to: &writer) }
        }
    }

    private func copy(
        _ table: GenerationTable, _ wallets: [FoldedWallet],
        _ body: (TouchedWallet, WalletNumbers, inout CopyWriter) throws -> Void
    ) throws {
        try copy(into: table.stage(of: generation), columns: table.columns) { writer in
            for wallet in wallets {
                if case .numbers(let numbers) = wallet.outcome { try body(wallet.touched, numbers, &writer) }
            }
        }
    }

    private func copy(into table: String, columns: [String], _ body: (inout CopyWriter) throws -> Void) throws {
        _ = try connection.copyIn(to: table, columns: columns, body)
    }

    /// Wallets that could be folded again are not parked any longer.
    private func unpark() throws {
        try run(
            "unpark",
            """
            DELETE FROM \(generation.schema).parked_wallets p USING \(GenerationTable.refolded(of: generation)) w
            WHERE p.chain = w.chain AND p.wallet = w.wallet
            """)
    }

    /// Marks wallets that keep their last good numbers; the first reason is the one that is kept (I6).
    private func park(_ wallets: [FoldedWallet], parkedAt: Int64) throws {
        let parked = wallets.compactMap { wallet in
            if case .parked(let poison) = wallet.outcome { (wallet.touched, poison) } else { nil }
        }
        guard !parked.isEmpty else { return }
        let keys: [PostgresValue] = [
            .int16Array(parked.map { $0.0.wallet.chain.rawValue }),
            .bytesArray(parked.map { $0.0.wallet.address.bytes }),
        ]
        try run(
            "park",
            """
            INSERT INTO \(generation.schema).parked_wallets
                (chain, wallet, partition, event_offset, code, reason, parked_at)
            SELECT *, $7::bigint FROM unnest(
                $1::smallint[], $2::bytea[], $3::integer[], $4::bigint[], $5::text[], $6::text[])
            ON CONFLICT (chain, wallet) DO NOTHING
            """,
            keys + [
                .int32Array(parked.map { $0.0.partition }), .int64Array(parked.map { $0.1.offset }),
                .textArray(parked.map { $0.1.code }), .textArray(parked.map { $0.1.reason }), .int64(parkedAt),
            ])
        try run("degrade", SummarySQL.degrade(in: generation), keys)
    }

    private func noteChanges(_ wallets: [FoldedWallet], changedAt: Int64) throws {
        try run(
            "changes",
            """
            INSERT INTO \(generation.schema).changes (chain, wallet, last_offset, changed_at)
            SELECT *, $4::bigint FROM unnest($1::smallint[], $2::bytea[], $3::bigint[])
            """,
            [
                .int16Array(wallets.map { $0.touched.wallet.chain.rawValue }),
                .bytesArray(wallets.map { $0.touched.wallet.address.bytes }),
                .int64Array(wallets.map(\.touched.lastOffset)), .int64(changedAt),
            ])
        try run(
            "changes_expire", "DELETE FROM \(generation.schema).changes WHERE changed_at < $1",
            [.int64(changedAt - Self.changesKeptMicroseconds)])
    }

    /// How long caches may fall behind the feed of changes (design.md, Projection).
    private static let changesKeptMicroseconds: Int64 = 600_000_000

    private func run(_ name: String, _ sql: String, _ values: [PostgresValue] = []) throws {
        _ = try connection.query(PostgresStatement(name: "\(generation.schema)_\(name)", sql), values)
    }
}

extension FoldedWallet {
    /// Whether the wallet keeps its last good numbers.
    var isParked: Bool {
        if case .parked = outcome { true } else { false }
    }
}
