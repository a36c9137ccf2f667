import Accounting
import Events
import HTTPServer
import JSON
import Postgres
import ReadModels

/// A request of `/api/v3/wallets/{wallet}…` as it was understood: which wallet, which past, which page.
struct WalletInquiry: Sendable {
    let request: WalletRequest
    let selection: PastSelection
    let page: PageRequest
    let now: Int64
    /// The path with its query: what tells questions apart that are answered from the same fold.
    let target: String

    /// Whether the stored tables answer it.
    var isStored: Bool { selection.isStored }

    /// A question that is answered from a fold; a page after the first from the state of the first.
    func past(
        _ reader: PastReader, _ purpose: String, answer: @escaping @Sendable (PastWallet) throws -> Answer
    ) -> Question {
        let cursor = page.cursor
        let question = reader.question("\(purpose) \(target)", of: request, selection, upTo: cursor?.position) { past in
            try cursor?.check(past.generation)
            return try answer(past)
        }
        return question.answeringPending()
    }

    /// A question that is answered from the tables.
    func stored(
        _ purpose: String, _ statement: WalletStatement, adding values: [PostgresValue],
        answer: @escaping @Sendable (FoundWallet) throws -> Answer
    ) -> Question {
        let cursor = page.cursor
        return request.question("\(purpose) \(target)", statement, adding: values) { found in
            try cursor?.check(found.generation)
            return try answer(found)
        }.answeringPending()
    }

    /// Writes the members that every answer about a wallet begins with.
    func begin(_ wallet: WalletKey, to json: inout JSONWriter) {
        json.beginObject()
        json.key("wallet_address")
        json.string(wallet.address.text(on: wallet.chain))
        json.key("chain")
        json.string(wallet.chain.name)
        selection.append(to: &json)
    }
}

extension Question {
    /// The same question with 202 where the wallet is known and nothing of it is folded yet (design.md, Read API).
    func answeringPending() -> Question {
        Question(purpose: purpose, lane: lane, statement: statement, values: values) { rows, generation in
            do {
                return try answer(rows, generation)
            } catch let error as APIError where error.code == .pending {
                return Answer(status: 202, body: PendingBody.render(generation))
            }
        }
    }
}

/// The answer about a wallet of which nothing is folded yet.
enum PendingBody {
    static func render(_ generation: Generation) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("data")
        json.null()
        json.key("generation")
        json.integer(generation.number)
        json.key("rule_set")
        json.string(generation.identity.ruleSet.description)
        json.key("completeness")
        json.beginObject()
        json.key("state")
        json.string("pending")
        json.endObject()
        json.endObject()
        return json.bytes
    }
}

extension PastWallet {
    /// Renders an answer: envelope, the common members, and what `members` adds to them.
    func answer(
        _ inquiry: WalletInquiry, tag: String = "", reservingByteCount count: Int = 4096,
        _ members: (inout JSONWriter) throws -> Void
    ) throws -> Answer {
        let completeness = try body.completeness(
            isDegraded: isDegraded, state: history.count == 0 ? "empty" : "folded")
        let bytes = try envelope.render(
            reservingByteCount: count, completeness: { $0.raw(completeness) }
        ) { json in
            inquiry.begin(wallet, to: &json)
            try members(&json)
            json.endObject()
        }
        return Answer(body: bytes, entityTag: entityTag + tag, isStorable: true)
    }
}

extension StoredObject {
    /// How far an answer is complete (I9), with the state that v3 adds.
    func completeness(isDegraded: Bool, state: String) throws -> [UInt8] {
        guard let stored = lastObject(named: "completeness") else {
            throw PostgresError(.unexpectedShape, "a wallet's body says nothing of its completeness")
        }
        return stored.dropLast() + Array(",\"is_degraded\":\(isDegraded),\"state\":\"\(state)\"}".utf8)
    }

    /// The object without the lines of its tokens, which have a path of their own.
    func withoutTokenLines() throws -> [UInt8] {
        let name = Array("\"token_results\":[".utf8)
        guard let (head, tail) = around(list: "token_results", followedBy: "token_results_total"),
            head.count >= name.count, tail.starts(with: "],".utf8)
        else { throw PostgresError(.unexpectedShape, "a wallet's body has no list of tokens") }
        return Array(head.dropLast(name.count)) + tail.dropFirst(2)
    }
}
