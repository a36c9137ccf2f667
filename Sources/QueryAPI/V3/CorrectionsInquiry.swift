import Accounting
import Events
import JSON
import ReadModels

extension WalletInquiry {
    /// Corrections a page has at most: each in force is another fold of the wallet.
    static let maximumCorrectionCount = 50
    /// Events that the folds of one page may go through together.
    static let maximumCorrectionEventCount = 1_000_000

    /// `/api/v3/wallets/{wallet}/corrections`: each with what it changes, by folding with it and without it.
    func corrections(_ reader: PastReader) -> Question {
        past(reader, "v3 corrections") { past in
            let corrections = MadeCorrection.all(in: past.history)
            let affordable = max(1, Self.maximumCorrectionEventCount / max(1, past.tellings.count))
            let asked = try page.range(of: corrections.count)
            let range = asked.lowerBound..<min(asked.upperBound, asked.lowerBound + affordable)
            let rules = try past.rules()
            let effects = try corrections[range].map { correction in
                correction.undone != nil
                    ? nil
                    : CorrectionEffect(
                        with: past.numbers,
                        without: try rules.fold(
                            past.history.without(correction.made.position), method: selection.method))
            }
            return try past.answer(self, reservingByteCount: 2048 + 1024 * range.count) { json in
                json.list("corrections", next: past.cursor(behind: range, of: corrections.count)) { json in
                    for (correction, effect) in zip(corrections[range], effects) {
                        correction.append(effect, on: past.chain, to: &json)
                    }
                }
                json.key("corrections_total")
                json.integer(corrections.count)
            }
        }
    }
}

extension MadeCorrection {
    fileprivate func append(_ effect: CorrectionEffect?, on chain: Chain, to json: inout JSONWriter) {
        json.beginObject()
        json.key("command")
        json.string(correction.command)
        json.key("target")
        json.string(correction.target.rawValue)
        json.key("token_address")
        json.string(correction.asset.pathText(on: chain))
        json.key("transaction")
        json.optional(correction.transaction.map { String(decoding: $0, as: UTF8.self) })
        json.key("leg")
        if let leg = correction.leg { json.integer(leg) } else { json.null() }
        json.key("value")
        json.string(correction.value)
        json.key("state")
        json.string(undone == nil ? "in_force" : "undone")
        Self.appendAct(made, correction, to: &json)
        json.key("undone")
        if let undone, case .correctionUndone(let undoing) = undone.event.body {
            json.beginObject()
            json.key("command")
            json.string(undoing.command)
            Self.appendAct(undone, undoing, to: &json)
            json.endObject()
        } else {
            json.null()
        }
        json.key("delta")
        if let effect { effect.append(on: chain, to: &json) } else { json.null() }
        json.endObject()
    }

    /// Who did it, why, when, and where that lies in the log.
    private static func appendAct(_ recorded: RecordedEvent, _ correction: Correction, to json: inout JSONWriter) {
        json.key("author")
        json.string(correction.author)
        json.key("reason")
        json.string(correction.reason)
        json.key("recorded_at")
        json.time(recorded.recordedAt)
        json.place(recorded.position, as: "position")
    }
}

extension CorrectionEffect {
    fileprivate func append(on chain: Chain, to json: inout JSONWriter) {
        json.beginObject()
        for (name, amount) in [("realized_usd", realised), ("unrealized_usd", unrealised), ("total_usd", total)] {
            json.key(name)
            json.optional(amount)
        }
        json.key("tokens")
        json.beginArray()
        for token in tokens {
            json.beginObject()
            json.key("token_address")
            json.string(token.asset.text(on: chain))
            json.key("token_symbol")
            json.string(token.symbol)
            json.key("realized_usd")
            json.optional(token.realised)
            json.key("total_usd")
            json.optional(token.total)
            json.key("is_spam")
            json.bool(token.isSpam.with)
            json.key("is_spam_without")
            json.bool(token.isSpam.without)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
