import Events
import HTTPServer
import Postgres
import ReadModels

/// A request about one wallet: which, and how far the log must be projected.
struct WalletRequest: Sendable {
    let wallet: WalletReference
    let minimum: MinimumPosition

    /// Values of `$1` to `$3` of `WalletStatement`.
    var values: [PostgresValue] {
        [.int32Array(minimum.nextOffsets.keys.sorted())] + wallet.values
    }

    /// Asks; `answer` gets the wallet's figures, and rows that all belong to it.
    func question(
        _ purpose: String, lane: Question.Lane = .fast, _ statement: WalletStatement,
        adding values: [PostgresValue] = [],
        answer: @escaping @Sendable (FoundWallet) throws -> Answer
    ) -> Question {
        Question(
            purpose: purpose, lane: lane, statement: statement.statement(for: wallet), values: self.values + values
        ) { rows, generation in
            try answer(FoundWallet(rows, generation, of: wallet))
        }
    }
}

/// A wallet that was found, on the one chain on which it has data.
struct FoundWallet {
    let figures: WalletFigures
    let generation: Generation
    let rows: ResultSet

    /// Throws when there is none, or when the chain must be said.
    init(_ rows: ResultSet, _ generation: Generation, of wallet: WalletReference) throws {
        self.rows = rows
        self.generation = generation
        let column = WalletStatement.figuresColumn
        guard !rows.isNull(row: 0, column: column) else {
            throw try Self.absence(of: wallet, isKnown: rows.bool(row: 0, column: column - 1))
        }
        let chains = Set(try (0..<rows.rowCount).map { try rows.int64(row: $0, column: column) })
        guard chains.count == 1 else {
            let names = chains.sorted().compactMap { Chain(rawValue: Int16(truncatingIfNeeded: $0))?.name }
            throw APIError(
                .ambiguousChain,
                "the wallet has data on several chains, chain must be one of \(names.joined(separator: ", "))")
        }
        figures = try WalletFigures(rows, row: 0, first: column)
    }

    private static func absence(of wallet: WalletReference, isKnown: Bool) -> APIError {
        if isKnown {
            return APIError(.pending, "the wallet is known, nothing of it is folded yet", retryAfterSeconds: 5)
        }
        let chain = wallet.chains.count == 1 ? wallet.chains[0].name : "CHAIN"
        return APIError(
            .notTracked,
            "nothing is known of this wallet; PUT /api/wallets/\(wallet.text)?chain=\(chain) has it tracked")
    }

    /// Reads the added columns of a row.
    func reader(row: Int) -> RowReader { RowReader(rows, row: row, column: WalletStatement.addedColumn) }

    /// The rendered body, or the end of it, in the first added column of the first row.
    func body() throws -> StoredObject {
        var reader = reader(row: 0)
        guard let body = StoredObject(try reader.bytes()) else {
            throw PostgresError(.unexpectedShape, "wallet_pnl.body is no JSON object")
        }
        return body
    }
}
