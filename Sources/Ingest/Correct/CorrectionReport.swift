import Events

/// What a correction did, as people read it.
struct CorrectionReport: Sendable {
    /// The figures of one wallet.
    struct Wallet: Sendable {
        var wallet: WalletKey
        var before: CorrectionFigures
        /// Nil while it is pending.
        var after: CorrectionFigures?
    }

    /// Wallets whose figures are shown; of the others there is only the count.
    static let shownWalletCount = 20

    /// The id under which it can be undone.
    var command = ""
    /// Wallets whose streams got it.
    var appendedCount = 0
    /// Wallets whose streams had it.
    var knownCount = 0
    /// Wallets that another correction keeps from it, with the reason.
    var conflicts: [String] = []
    /// Whether the projector had not passed it when the wait was over.
    var isPending = false
    /// Figures of the first wallets.
    var wallets: [Wallet] = []

    /// A sentence, then a table a wallet.
    var text: String {
        var lines = ["Command \(command): appended to \(appendedCount), there already in \(knownCount) wallets."]
        if isPending { lines.append("pending: the projector has not passed it yet; the figures follow when it has.") }
        lines += conflicts.prefix(Self.shownWalletCount).map { "Left out: \($0)" }
        if conflicts.count > Self.shownWalletCount {
            lines.append("… and \(conflicts.count - Self.shownWalletCount) more like that.")
        }
        for wallet in wallets { lines += ["", wallet.wallet.text] + Self.table(wallet) }
        if appendedCount > wallets.count { lines += ["", "… and \(appendedCount - wallets.count) more wallets."] }
        return lines.joined(separator: "\n")
    }

    private static func table(_ wallet: Wallet) -> [String] {
        var rows = [["", "realised", "unrealised", "total"]]
        for (name, path) in [("token", \CorrectionFigures.token), ("wallet", \CorrectionFigures.wallet)] {
            rows.append(row("\(name) before", wallet.before[keyPath: path]))
            if let after = wallet.after { rows.append(row("\(name) after", after[keyPath: path])) }
        }
        let widths = rows[0].indices.map { column in rows.map(\.[column].count).max() ?? 0 }
        return rows.map { cells in
            "  "
                + zip(cells, widths).enumerated().map { column, cell in
                    let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                    return column == 0 ? cell.0 + padding : padding + cell.0
                }.joined(separator: "  ")
        }
    }

    private static func row(_ name: String, _ figures: ProfitAndLoss?) -> [String] {
        guard let figures else { return [name, "none", "none", "none"] }
        return [name]
            + [figures.realised, figures.unrealised, figures.total].map { units in
                units.map { FixedPointText.string($0, scale: 18) } ?? "unknown"
            }
    }
}
