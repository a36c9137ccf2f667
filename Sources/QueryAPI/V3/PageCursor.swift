import Events
import ReadModels

/// Where the next page of a list begins. It names its generation and the position that the list was read at, so that a
/// page never comes from another state than the one before it; clients hand it back as they got it.
struct PageCursor: Sendable, Hashable {
    /// The generation's number.
    let generation: Int32
    /// Partition and offset of the wallet's last event that counts.
    let partition: Int32
    let offset: Int64
    /// What the list makes of it: an index, a day or a token.
    let place: String

    init(generation: Int32, partition: Int32, offset: Int64, place: String) {
        self.generation = generation
        self.partition = partition
        self.offset = offset
        self.place = place
    }

    /// Reads what `text` writes.
    init(text: String) throws(APIError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, let generation = Int32(parts[0]), let partition = Int32(parts[1]),
            let offset = Int64(parts[2]), generation > 0, partition >= 0, offset >= 0, !parts[3].isEmpty
        else { throw Self.refusal(of: text) }
        self.init(generation: generation, partition: partition, offset: offset, place: String(parts[3]))
    }

    /// `<generation>.<partition>.<offset>.<place>`.
    var text: String { "\(generation).\(partition).\(offset).\(place)" }

    /// The position it was read at.
    var position: LogPosition { LogPosition(topic: .walletTransactions, partition: partition, offset: offset) }

    /// Throws 410 when another generation is live by now.
    func check(_ live: Generation) throws(APIError) {
        guard generation == live.number else {
            throw APIError(
                .cursorExpired, "the cursor is of generation \(generation), generation \(live.number) is live now")
        }
    }

    /// The place as an index of a list.
    func index() throws(APIError) -> Int {
        guard let index = Int(place), index >= 0 else { throw Self.refusal(of: text) }
        return index
    }

    static func refusal(of text: String) -> APIError {
        .invalid("cursor", text, mustBe: "the next_cursor of an earlier page")
    }
}

/// Which page of a list is asked for.
struct PageRequest: Sendable, Hashable {
    /// Rows at most.
    let limit: Int
    /// Nil for the first page.
    let cursor: PageCursor?

    /// Reads `limit` and `cursor`.
    init(_ parameters: Parameters, default fallback: Int = 100, maximum: Int = 1_000) throws(APIError) {
        limit = Int(try parameters.integer("limit", in: 1...Int64(maximum)) ?? Int64(fallback))
        cursor = try parameters.text("cursor").map { (text) throws(APIError) in try PageCursor(text: text) }
    }

    /// The indices of the page within a list of that length.
    func range(of count: Int) throws(APIError) -> Range<Int> {
        let start = try cursor?.index() ?? 0
        guard start <= count else { throw PageCursor.refusal(of: cursor?.text ?? "") }
        return start..<min(count, start + limit)
    }
}
