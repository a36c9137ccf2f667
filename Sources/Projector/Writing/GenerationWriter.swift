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
        try merge(isLarge: wallets.count > Self.smallBatchWalletCount)
        try unpark()
        try park(wallets, parkedAt: writtenAt)
        try noteChanges(wallets, changedAt: writtenAt)
    }

    /// Up to so many wallets plans are kept: they walk keys. More are worth statistics of the staged rows and a plan of
    /// their own, which may read whole tables.
    private static let smallBatchWalletCount = 200

    private func merge(isLarge: Bool) throws {
        let stages = GenerationTable.folded.map { $0.stage(of: generation) }
        if isLarge {
            try connection.execute(
                "ANALYZE \((stages + [GenerationTable.refolded(of: generation)]).joined(separator: ", "));"
                    + "SET LOCAL enable_seqscan = on")
        }
        func merge(_ name: String, _ sql: String) throws {
            if isLarge { _ = try connection.query(sql) } else { try run(name, sql) }
        }
        try merge("summary", SummarySQL.applyDifference(in: generation))
        for table in GenerationTable.folded {
            try merge("merge_\(table.name)", table.merge(into: generation))
            try merge("gone_\(table.name)", table.deleteGone(from: generation))
        }
        try run("summary_gone", SummarySQL.deleteEmpty(in: generation))
    }

    private func stage(_ wallets: [FoldedWallet], writtenAt: Int64) throws {
        let columns = ["chain", "wallet", "is_parked"]
        try copy(into: GenerationTable.refolded(of: generation), columns: columns) { writer in
            for wallet in wallets where wallet.isRefolded {
                writer.append(wallet.touched.wallet.chain.rawValue)
                writer.append(bytes: wallet.touched.wallet.address.bytes)
                writer.append(wallet.poison != nil)
                try writer.endRow()
            }
        }
        try copy(.walletPnl, wallets) { folded, numbers, writer in
            let wallet = folded.touched
            try WalletRow(
                wallet: wallet.wallet, portfolio: numbers.portfolio, completeness: numbers.completeness,
                isDegraded: folded.poison != nil, partition: wallet.partition,
                body: WalletBody.render(numbers, wallet: wallet.wallet), lastOffset: wallet.lastOffset,
                writtenAt: writtenAt
            ).append(to: &writer)
        }
        try copy(.tokenPnl, wallets) { folded, numbers, writer in
            let wallet = folded.touched.wallet
            let matchedTrades = TokenBody.matchedTrades(of: numbers)
            for token in numbers.tokens {
                let body = TokenBody.render(
                    token, chain: wallet.chain, matchedTrades: matchedTrades[token.asset] ?? 0)
                try TokenRow(wallet: wallet, figures: token, body: body).append(to: &writer)
            }
        }
        try copy(.disposals, wallets) { folded, numbers, writer in
            try DisposalChunk.append(numbers.disposals, of: folded.touched.wallet, to: &writer)
        }
        try copy(.openLots, wallets) { folded, numbers, writer in
            try LotChunk.append(numbers.openLots, of: folded.touched.wallet, to: &writer)
        }
        try copy(.walletDaily, wallets) { folded, numbers, writer in
            for day in numbers.daily { try day.append(of: folded.touched.wallet, to: &writer) }
        }
    }

    private func copy(
        _ table: GenerationTable, _ wallets: [FoldedWallet],
        _ body: (FoldedWallet, WalletNumbers, inout CopyWriter) throws -> Void
    ) throws {
        try copy(into: table.stage(of: generation), columns: table.columns) { writer in
            for wallet in wallets {
                if case .numbers(let numbers, _) = wallet.outcome { try body(wallet, numbers, &writer) }
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
            WHERE p.chain = w.chain AND p.wallet = w.wallet AND NOT w.is_parked
            """)
    }

    /// Records why wallets are parked; the first reason is the one that is kept (I6).
    private func park(_ wallets: [FoldedWallet], parkedAt: Int64) throws {
        let parked = wallets.compactMap { wallet in wallet.poison.map { (wallet.touched, $0) } }
        guard !parked.isEmpty else { return }
        try run(
            "park",
            """
            INSERT INTO \(generation.schema).parked_wallets
                (chain, wallet, partition, event_offset, code, reason, parked_at)
            SELECT *, $7::bigint FROM unnest(
                $1::smallint[], $2::bytea[], $3::integer[], $4::bigint[], $5::text[], $6::text[])
            ON CONFLICT (chain, wallet) DO NOTHING
            """,
            Self.keys(parked.map(\.0.wallet)) + [
                .int32Array(parked.map { $0.0.partition }), .int64Array(parked.map { $0.1.offset }),
                .textArray(parked.map { $0.1.code }), .textArray(parked.map { $0.1.reason }), .int64(parkedAt),
            ])
        let unfoldable = wallets.filter { !$0.isRefolded }.map(\.touched.wallet)
        if !unfoldable.isEmpty { try run("degrade", SummarySQL.degrade(in: generation), Self.keys(unfoldable)) }
    }

    /// Tells the feed which versions are served now: those of the rows, which an unfoldable wallet keeps.
    private func noteChanges(_ wallets: [FoldedWallet], changedAt: Int64) throws {
        try run(
            "changes",
            """
            INSERT INTO \(generation.schema).changes (chain, wallet, last_offset, changed_at)
            SELECT w.chain, w.wallet, coalesce(p.last_offset, -1), $3::bigint
            FROM unnest($1::smallint[], $2::bytea[]) AS w (chain, wallet)
            LEFT JOIN \(generation.schema).wallet_pnl p USING (chain, wallet)
            """,
            Self.keys(wallets.map(\.touched.wallet)) + [.int64(changedAt)])
        try run(
            "changes_expire", "DELETE FROM \(generation.schema).changes WHERE changed_at < $1",
            [.int64(changedAt - Self.changesKeptMicroseconds)])
    }

    /// How long caches may fall behind the feed of changes (design.md, Projection).
    private static let changesKeptMicroseconds: Int64 = 600_000_000

    private static func keys(_ wallets: [WalletKey]) -> [PostgresValue] {
        [.int16Array(wallets.map(\.chain.rawValue)), .bytesArray(wallets.map(\.address.bytes))]
    }

    private func run(_ name: String, _ sql: String, _ values: [PostgresValue] = []) throws {
        _ = try connection.query(PostgresStatement(name: "\(generation.schema)_\(name)", sql), values)
    }
}
