import Events

/// A comparison as Markdown: what is compared, the reasons, then a table a wallet.
enum ComparisonText {
    /// Everything above the wallets.
    static var head: String {
        let reasons = ComparisonReason.allCases.map { "- **\($0.rawValue)**: \($0.explanation)." }
        return """
            # r1 against r2

            Written by `projector compare-rules`: what rule set r1, which repeats the original, and rule set r2 say of \
            each asset, in USD to six decimals, and why they differ. A reason about something in the history (\
            \(ComparisonReason.removable.map(\.rawValue).joined(separator: ", "))) is given when the difference is \
            another one without it, and alone when there is none left; a reason about a way of reckoning when the \
            asset's transactions show the case. *equal* means that all four figures are; an asset of which a rule set \
            knows nothing has dashes. The native coin has one row: under r1 the sum over its addresses.

            \(reasons.joined(separator: "\n"))

            """
    }

    /// A wallet's heading and table.
    static func wallet(_ wallet: WalletKey, _ rows: [Comparison.Row]) -> String {
        var lines = [
            "", "## \(wallet.text)", "",
            "| asset | realised r1 | r2 | invested r1 | r2 | returned r1 | r2 | trades r1 | r2 | why |",
            "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|",
        ]
        for row in rows {
            let money = [\ComparisonFigures.realised, \.invested, \.returned].flatMap { path in
                [row.figures.r1, row.figures.r2].map { figures in
                    figures.map { FixedPointText.string($0[keyPath: path], scale: ComparisonFigures.scale) } ?? "–"
                }
            }
            let trades = [row.figures.r1, row.figures.r2].map { $0.map { String($0.trades) } ?? "–" }
            let cells = [name(row, wallet.chain)] + money + trades + [why(row)]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    private static func why(_ row: Comparison.Row) -> String {
        if row.figures.isEqual { return "*equal*" }
        return row.reasons.isEmpty ? "**unexplained**" : row.reasons.map(\.rawValue).joined(separator: ", ")
    }

    /// A symbol is text from outside: what would break the table is shown as a blank.
    private static func name(_ row: Comparison.Row, _ chain: Chain) -> String {
        let symbol = String(
            row.symbol.map { $0.isLetter || $0.isNumber || "$-_.+ ".contains($0) ? $0 : " " }
        ).prefix(24)
        let address = row.asset.count == 0 ? "native" : "`\(row.asset.text(on: chain))`"
        return "\(symbol) \(address)"
    }
}
