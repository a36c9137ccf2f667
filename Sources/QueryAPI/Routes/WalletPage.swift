import Accounting
import Events
import ReadModels

/// The page at `/`: the newest wallets with links to their answers, until a dashboard takes its place.
enum WalletPage {
    static let wallets = ResultsStatement.headCount

    /// Renders HTML; every text that comes from outside is escaped.
    static func render(_ wallets: [WalletFigures], total: Int64, generation: Generation) -> [UInt8] {
        var html = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Wallets</title>
            <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head><body>
            <h1>Wallets</h1>
            <p>\(wallets.count) of \(total), generation \(generation.number), rule set \
            \(escaped(generation.identity.ruleSet.description)).
            <a href="/api/results">All results</a> <a href="/health/ready">Readiness</a>
            <a href="/metrics">Metrics</a></p>
            <table><thead><tr><th>Wallet</th><th>Chain</th><th>Total P&amp;L (USD)</th><th>Trades</th>
            <th>Answers</th></tr></thead><tbody>

            """
        for figures in wallets { html += row(figures) }
        html += "</tbody></table></body></html>\n"
        return Array(html.utf8)
    }

    private static func row(_ figures: WalletFigures) -> String {
        let address = escaped(figures.wallet.address.text(on: figures.wallet.chain))
        let chain = escaped(figures.wallet.chain.name)
        let links = [
            ("result", "/api/results/\(address)/portfolio"), ("analysis", "/api/v2/wallets/\(address)/analysis"),
            ("trades", "/api/v2/wallets/\(address)/trades"), ("positions", "/api/v2/wallets/\(address)/positions"),
        ].map { "<a href=\"\($0.1)?chain=\(chain)\">\($0.0)</a>" }.joined(separator: " ")
        let total = FixedPointText.string(figures.total, scale: Money.scale)
        return """
            <tr><td><code>\(address)</code></td><td>\(chain)</td><td class="number">\(total)</td>\
            <td class="number">\(figures.trades)</td><td>\(links)\(figures.isDegraded ? " (degraded)" : "")</td></tr>

            """
    }

    /// Text that can stand in an element or in a quoted attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    static let styleSheet = Array(
        """
        body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; }
        table { border-collapse: collapse; }
        th, td { padding: .3rem .8rem; border-bottom: 1px solid #ddd; text-align: left; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }

        """.utf8)
}

extension Question {
    /// The newest wallets as a page.
    static func walletPage() -> Question {
        // No parameters: the defaults of a list, which cannot be refused.
        var query = ResultsQuery.newest
        query.limit = WalletPage.wallets
        let (statement, values) = ResultsStatement.make(query)
        return Question(purpose: "/", statement: statement, values: values) { rows, generation in
            let overview = try ResultsOverview(rows)
            return Answer(
                contentType: .html,
                body: WalletPage.render(try WalletFigures.list(rows), total: overview.matching, generation: generation))
        }
    }
}
