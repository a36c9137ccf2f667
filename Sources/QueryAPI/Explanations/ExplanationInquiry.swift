import Accounting
import Events
import JSON
import ReadModels

/// Of what a figure is asked.
enum ExplainedScope: Sendable, Hashable {
    case token(Address)
    case part(PortfolioPart)
}

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/explain`: a figure, the parts whose sum it is, and for each its transactions and their
    /// events with their places in the log (I11).
    func explanation(of figure: ExplainedFigure, _ scope: ExplainedScope, _ reader: PastReader) -> Question {
        past(reader, "v3 explain") { past in
            let explainer = Explainer(
                numbers: past.numbers, history: past.history, rules: try past.rules(), method: selection.method)
            let explanation = try past.explain(figure, scope, explainer)
            let range = try page.range(of: explanation.parts.count)
            let writer = ExplanationWriter(past, explanation, range: range, scope: scope)
            return try past.answer(self, reservingByteCount: 4096 + 2048 * range.count) { json in
                try writer.append(to: &json)
                json.list("parts", next: past.cursor(behind: range, of: explanation.parts.count)) { json in
                    for part in explanation.parts[range] { writer.append(part, to: &json) }
                }
            }
        }
    }
}

extension PastWallet {
    fileprivate func explain(
        _ figure: ExplainedFigure, _ scope: ExplainedScope, _ explainer: Explainer
    ) throws -> Explanation {
        guard explainer.rules == .r2 || figure.isOfR1 else {
            let names = ExplainedFigure.allCases.filter(\.isOfR1).map(\.rawValue).joined(separator: ", ")
            throw APIError.invalid("figure", figure.rawValue, mustBe: "one of \(names) under rule set r1")
        }
        switch scope {
        case .token(let asset): return explainer.explain(figure, of: try token(asset))
        case .part(let part):
            guard explainer.rules == .r2 || part == .tokens else {
                throw APIError.invalid("part", part.rawValue, mustBe: "tokens under rule set r1")
            }
            return explainer.explain(figure, of: part)
        }
    }
}

/// Writes an explanation with the events behind a page of its parts.
private struct ExplanationWriter {
    private let past: PastWallet
    private let explanation: Explanation
    private let scope: ExplainedScope
    private let index: EventIndex
    private let tokens: TokenNames

    init(_ past: PastWallet, _ explanation: Explanation, range: Range<Int>, scope: ExplainedScope) {
        self.past = past
        self.explanation = explanation
        self.scope = scope
        tokens = TokenNames(past)
        index = EventIndex(past.history, of: Set(explanation.parts[range].flatMap(\.origin.transactions)))
    }

    func append(to json: inout JSONWriter) throws {
        json.key("figure")
        json.string(explanation.figure.rawValue)
        json.key("token")
        if case .token(let asset) = scope { json.string(asset.pathText(on: past.chain)) } else { json.null() }
        json.key("part")
        if case .part(let part) = scope { json.string(part.rawValue) } else { json.null() }
        json.key("unit")
        json.string(explanation.figure.isQuantity ? "quantity" : "usd")
        json.key("value")
        if let value = explanation.value { amount(value, to: &json) } else { json.null() }
        json.key("sum_of_parts")
        if let sum = explanation.sum { amount(sum, to: &json) } else { json.null() }
        json.key("adds_up")
        json.bool(explanation.addsUp)
        json.key("parts_total")
        json.integer(explanation.parts.count)
        if explanation.figure == .unrealized, case .token(let asset) = scope {
            try appendPrice(of: past.token(asset), to: &json)
        }
    }

    func append(_ part: Explanation.Part, to json: inout JSONWriter) {
        json.beginObject()
        json.key("amount")
        amount(part.amount, to: &json)
        switch part.origin {
        case .token(let token):
            tokens.append(token.asset, to: &json)
            appendLink(explanation.figure, of: token.asset, to: &json)
        case .figure(let figure):
            json.key("figure")
            json.string(figure.rawValue)
            if case .token(let asset) = scope { appendLink(figure, of: asset, to: &json) }
        case .disposal(let disposal):
            json.key("disposal")
            disposal.append(tokens, to: &json)
        case .lot(let lot):
            json.key("lot")
            if case .token(let asset) = scope { lot.append(of: asset, tokens, to: &json) } else { json.null() }
        case .transaction: break
        }
        appendTransactions(part.origin.transactions, to: &json)
        json.endObject()
    }

    /// Where the part is explained in its turn.
    private func appendLink(_ figure: ExplainedFigure, of asset: Address, to json: inout JSONWriter) {
        let wallet = past.wallet.address.text(on: past.chain)
        json.key("explain")
        json.string(
            "/api/v3/wallets/\(wallet)/explain?chain=\(past.chain.name)&figure=\(figure.rawValue)"
                + "&token=\(asset.pathText(on: past.chain))")
    }

    private func appendTransactions(_ transactions: [[UInt8]], to json: inout JSONWriter) {
        json.key("transactions")
        json.beginArray()
        for transaction in transactions {
            json.beginObject()
            json.key("transaction")
            json.string(String(decoding: transaction, as: UTF8.self))
            json.key("events")
            json.beginArray()
            for telling in index.tellings(of: transaction) { telling.append(counts: true, to: &json) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }

    private func appendPrice(of token: TokenFigures, to json: inout JSONWriter) {
        json.key("price")
        guard let price = token.latestPrice else { return json.null() }
        json.beginObject()
        json.key("price_usd")
        json.string(price.text)
        json.key("price_at")
        json.time(token.latestPriceTime)
        json.key("price_source")
        json.optional(token.latestPriceSource)
        json.key("events")
        json.beginArray()
        for telling in past.history.tellings(ofLatestPrice: token) { telling.append(counts: true, to: &json) }
        json.endArray()
        json.endObject()
    }

    private func amount(_ amount: Int128, to json: inout JSONWriter) {
        guard explanation.figure.isQuantity, case .token(let asset) = scope else {
            return json.decimal(amount, scale: Money.scale)
        }
        json.decimal(amount, scale: tokens.decimals(of: asset))
    }
}

extension Explanation.Origin {
    /// The transactions behind it, the disposing one first, each once.
    fileprivate var transactions: [[UInt8]] {
        switch self {
        case .token, .figure: return []
        case .lot(let lot): return [lot.acquisition]
        case .transaction(let transaction, _): return [transaction]
        case .disposal(let disposal):
            var transactions = [disposal.transaction]
            for match in disposal.matches where !match.acquisition.isEmpty {
                if !transactions.contains(match.acquisition) { transactions.append(match.acquisition) }
            }
            return transactions
        }
    }
}

extension DecimalNumber {
    /// Digits as they were stated; with an exponent where writing zeros would hide how many there are.
    var text: String {
        (-38...0).contains(exponent)
            ? FixedPointText.string(coefficient, scale: Int(-exponent)) : "\(coefficient)e\(exponent)"
    }
}
