import Accounting
import Events
import JSON
import ReadModels

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/events`: every telling that was known, newest first, and whether it counts.
    func events(_ reader: PastReader) -> Question {
        past(reader, "v3 events") { past in
            let range = try page.range(of: past.tellings.count)
            let counting = Set(past.history.events.lazy.map(\.position.offset))
            return try past.answer(self, reservingByteCount: 2048 + 400 * range.count) { json in
                json.list("events", next: past.cursor(behind: range, of: past.tellings.count)) { json in
                    for place in range {
                        let telling = past.tellings[past.tellings.count - 1 - place]
                        telling.append(counts: counting.contains(telling.position.offset), to: &json)
                    }
                }
                json.key("events_total")
                json.integer(past.tellings.count)
            }
        }
    }
}

extension Telling {
    /// One JSON object; `counts`: whether it is the one of its subject that does.
    func append(counts: Bool, to json: inout JSONWriter) {
        json.beginObject()
        json.key("kind")
        json.string(kind.type)
        json.key("subject")
        json.string(subject)
        json.key("revision")
        json.integer(revision)
        json.key("counts")
        json.bool(counts)
        json.place(position, as: "position")
        json.key("recorded_at")
        json.time(recordedAt)
        json.key("source")
        json.string(source)
        json.place(payload, as: "payload")
        json.endObject()
    }
}

extension JSONWriter {
    /// A place in the log as one member, null without one.
    mutating func place(_ position: LogPosition?, as name: StaticString) {
        key(name)
        guard let position else { return null() }
        beginObject()
        key("topic")
        string(position.topic.name)
        key("partition")
        integer(position.partition)
        key("offset")
        integer(position.offset)
        endObject()
    }
}
