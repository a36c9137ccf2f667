import Events
import JSON

/// What an import did, as people and programs read it.
struct ImportSummary: Sendable {
    /// Pages read.
    var pageCount = 0
    /// Whether everything the pages tell was gone through.
    var isComplete = false
    /// What became of each wallet's tellings.
    var wallets: [WalletKey: ImportTally] = [:]
    /// Observations that concern none of the wallets.
    var unmatchedPrices = 0
    /// Refused transactions for which no wallet and chain could be found: counted here and nowhere in the log.
    var streamlessRefusals: [TransactionRefused] = []

    init() {}

    /// What the survey found, before anything is appended.
    init(_ survey: ImportSurvey, pageCount: Int) {
        self.pageCount = pageCount
        unmatchedPrices = survey.prices.unmatchedCount
        streamlessRefusals = survey.streamlessRefusals
    }

    /// All wallets together.
    var total: ImportTally { wallets.values.reduce(into: ImportTally()) { $0 += $1 } }

    /// Whether something could not be taken.
    var hasRefusals: Bool { total.refusedCount > 0 || !streamlessRefusals.isEmpty }

    private static let columns = ["wallet", "new", "changed", "known", "refused", "prices new", "prices known"]

    /// A table of the wallets, then what there is to say.
    var text: String {
        var rows = [Self.columns]
        for (wallet, tally) in wallets.sorted(by: { $0.key < $1.key }) { rows.append(row(wallet.text, tally)) }
        if wallets.count != 1 { rows.append(row("total", total)) }
        let widths = Self.columns.indices.map { column in rows.map(\.[column].count).max() ?? 0 }
        var lines = rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
        lines.append("")
        lines.append(contentsOf: remarks)
        return lines.joined(separator: "\n")
    }

    private func row(_ name: String, _ tally: ImportTally) -> [String] {
        [
            name, "\(tally.transactions.new)", "\(tally.transactions.changed)", "\(tally.transactions.known)",
            "\(tally.refusedCount)", "\(tally.prices.appended)", "\(tally.prices.known)",
        ]
    }

    private var remarks: [String] {
        let total = total
        var lines = [
            isComplete && total.appendedEvents == 0
                ? "Nothing new: everything told is in the log already (\(Self.counted(pageCount, "page")))."
                : "Appended \(Self.counted(total.appendedEvents, "event")) and "
                    + "\(Self.counted(total.payloads, "payload")) from \(Self.counted(pageCount, "page"))."
        ]
        if !isComplete { lines.append("Not finished: there may be more to append.") }
        if total.refusedCount > 0 {
            lines.append(
                "Refused \(Self.counted(total.refusedCount, "transaction")), \(total.refused.known) of them earlier; "
                    + "the reasons are in the wallets' streams.")
        }
        if total.goodOnesKept > 0 {
            lines.append("Of \(total.goodOnesKept) of them the log has a good telling, which stays.")
        }
        for refusal in streamlessRefusals.prefix(10) {
            lines.append("Refused, and its wallet is unknown: \(refusal.code.rawValue), \(refusal.detail)")
        }
        if streamlessRefusals.count > 10 { lines.append("… and \(streamlessRefusals.count - 10) more like that.") }
        if total.oversizedPayloads > 0 {
            lines.append(
                "Without the provider's own words, which exceed \(LogRecord.maximumValueByteCount) bytes: "
                    + "\(Self.counted(total.oversizedPayloads, "transaction")).")
        }
        if unmatchedPrices > 0 {
            lines.append("Of no concern to these wallets: \(Self.counted(unmatchedPrices, "price")).")
        }
        return lines
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// One JSON object in one line.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("pages")
        writer.integer(pageCount)
        writer.key("complete")
        writer.bool(isComplete)
        writer.key("wallets")
        writer.beginArray()
        for (wallet, tally) in wallets.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.key("chain")
            writer.string(wallet.chain.name)
            writer.key("wallet")
            writer.string(wallet.address.text(on: wallet.chain))
            write(tally, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("total")
        writer.beginObject()
        write(total, to: &writer)
        writer.endObject()
        writer.key("refused_without_wallet")
        writer.integer(streamlessRefusals.count)
        writer.key("unmatched_prices")
        writer.integer(unmatchedPrices)
        writer.endObject()
        return writer.bytes
    }

    private func write(_ tally: ImportTally, to writer: inout JSONWriter) {
        write("transactions", tally.transactions, to: &writer)
        write("refused", tally.refused, to: &writer)
        writer.key("good_ones_kept")
        writer.integer(tally.goodOnesKept)
        write("prices", tally.prices, to: &writer)
        write("coverage", tally.coverage, to: &writer)
        writer.key("payloads")
        writer.integer(tally.payloads)
        writer.key("oversized_payloads")
        writer.integer(tally.oversizedPayloads)
        writer.key("appended_events")
        writer.integer(tally.appendedEvents)
    }

    private func write(_ name: StaticString, _ counts: ImportTally.Counts, to writer: inout JSONWriter) {
        writer.key(name)
        writer.beginObject()
        writer.key("new")
        writer.integer(counts.new)
        writer.key("changed")
        writer.integer(counts.changed)
        writer.key("known")
        writer.integer(counts.known)
        writer.endObject()
    }
}
