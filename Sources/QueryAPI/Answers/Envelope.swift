import Accounting
import JSON
import ReadModels
import Runtime

/// What stands around every answer's data: domain.md 1.1, and what design.md adds to it.
struct Envelope: Sendable {
    /// The generation that was read, and only that (I7).
    var generation: Generation
    /// Microseconds since the epoch: when a wallet's version was committed, or when a list was read.
    var timestamp: Int64
    /// What the client may send back as `min_position` (I10).
    var position: String

    /// Renders `{"data":…, "timestamp":…, …}`; both closures write exactly one value.
    func render(
        reservingByteCount byteCount: Int = 4096, completeness: (inout JSONWriter) -> Void,
        data: (inout JSONWriter) throws -> Void
    ) rethrows -> [UInt8] {
        var json = JSONWriter(reservingByteCount: byteCount)
        json.beginObject()
        json.key("data")
        try data(&json)
        json.key("timestamp")
        json.time(timestamp)
        json.key("generation")
        json.integer(generation.number)
        json.key("rule_set")
        json.string(generation.identity.ruleSet.description)
        json.key("position")
        json.string(position)
        json.key("completeness")
        completeness(&json)
        json.endObject()
        return json.bytes
    }

    /// Renders `{"error":…, "code":…, "timestamp":…}`.
    static func render(_ error: APIError, timestamp: Int64) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("error")
        json.string(error.description)
        json.key("code")
        json.string(error.code.text)
        if let identifier = error.identifier {
            json.key("id")
            json.string(identifier)
        }
        json.key("timestamp")
        json.time(timestamp)
        json.endObject()
        return json.bytes
    }
}
