import Events
import JSON

/// What an import did, as people and programs read it.
struct ImportSummary: Sendable {
    /// Files read.
    var fileCount = 0
    /// What one of them is called.
    var noun = InputFormat.zerion.noun
    /// Whether everything the pages tell was gone through.
    var isComplete = false
    /// What became of each wallet's tellings.
    var wallets: [WalletKey: ImportTally] = [:]
    /// Observations that concern none of the wallets.
    var unmatchedPrices = 0
    /// Refused transactions for which no wallet and chain could be found: counted here and nowhere in the log.
    var streamlessRefusals: [TransactionRefused] = []
    /// Rows that were left out, each with its file and place.
    var skipped: [String] = []
    /// What was taken, but should be looked at, each with its file and place.
    var remarks: [String] = []

    init() {}

    /// What the survey found, before anything is appended.
    init(_ survey: ImportSurvey, of request: ImportRequest) {
        fileCount = request.files.pages.count
        noun = request.format.noun
        unmatchedPrices = survey.prices.unmatchedCount
        streamlessRefusals = survey.streamlessRefusals
        skipped = survey.skipped
        remarks = survey.remarks
    }

    /// All wallets together.
    var total: ImportTally { wallets.values.reduce(into: ImportTally()) { $0 += $1 } }

    /// Whether something could not be taken.
    var hasRefusals: Bool { total.refusedCount > 0 || !streamlessRefusals.isEmpty || !skipped.isEmpty }

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
        lines.append(contentsOf: sentences)
        return lines.joined(separator: "\n")
    }

    private func row(_ name: String, _ tally: ImportTally) -> [String] {
        [
            name, "\(tally.transactions.new)", "\(tally.transactions.changed)", "\(tally.transactions.known)",
            "\(tally.refusedCount)", "\(tally.prices.appended)", "\(tally.prices.known)",
        ]
    }

    private static let shownCount = 10

    private var sentences: [String] {
        let total = total
        let files = Self.counted(fileCount, noun)
        var lines = [
            isComplete && total.appendedEvents == 0
                ? "Nothing new: everything told is in the log already (\(files))."
                : "Appended \(Self.counted(total.appendedEvents, "event")) and "
                    + "\(Self.counted(total.payloads, "payload")) from \(files)."
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
        lines += Self.shown(
            streamlessRefusals.map { "Refused, and its wallet is unknown: \($0.code.rawValue), \($0.detail)" })
        lines += Self.shown(skipped.map { "Left out: \($0)" }) + Self.shown(remarks.map { "Note: \($0)" })
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

    private static func shown(_ lines: [String]) -> [String] {
        lines.prefix(shownCount)
            + (lines.count > shownCount ? ["… and \(lines.count - shownCount) more like that."] : [])
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// One JSON object in one line.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("files")
        writer.integer(fileCount)
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
        writer.key("skipped_rows")
        writer.integer(skipped.count)
        writer.key("remarks")
        writer.integer(remarks.count)
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
