import Accounting
import Events
import JSON
import ReadModels

/// Which part of what is known of a wallet is folded, and by which method.
struct PastSelection: Sendable, Hashable {
    /// Up to which place or moment of the log.
    enum Knowledge: Sendable, Hashable {
        /// A record of one partition, itself included.
        case position(partition: Int32, offset: Int64)
        /// Everything appended up to then, microseconds since the epoch.
        case time(Int64)
    }

    /// In which order lots are used up.
    var method = CostBasisMethod.fifo
    /// Chain time, microseconds since the epoch: what happened later does not count.
    var asOf: Int64?
    /// What was appended later does not count.
    var knownAt: Knowledge?

    /// Whether what is stored answers it.
    var isStored: Bool { self == PastSelection() }

    /// What is asked for as things stand.
    init() {}

    /// Reads `method`, `as_of` and `known_at` of a log with that many partitions.
    init(_ parameters: Parameters, now: Int64, partitionCount: Int32) throws(APIError) {
        method = try parameters.choice("method", default: .fifo)
        asOf = try parameters.pastTime("as_of", now: now)
        guard let text = try parameters.text("known_at") else { return }
        if let position = try Self.position(text, partitionCount: partitionCount) {
            knownAt = position
        } else {
            knownAt = try parameters.pastTime("known_at", now: now).map(Knowledge.time)
        }
    }

    private static func position(_ text: String, partitionCount: Int32) throws(APIError) -> Knowledge? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        }
        guard parts.count == 2, isDigits else { return nil }
        guard let partition = Int32(parts[0]), (0..<partitionCount).contains(partition), let offset = Int64(parts[1])
        else { throw .invalid("known_at", text, mustBe: "a position of the log or a time") }
        return .position(partition: partition, offset: offset)
    }

    /// The question as it was understood, as one member.
    func append(to json: inout JSONWriter) {
        json.key("question")
        json.beginObject()
        json.key("method")
        json.string(method.rawValue)
        json.key("as_of")
        json.time(asOf)
        json.key("known_at")
        switch knownAt {
        case .position(let partition, let offset): json.string("\(partition):\(offset)")
        case .time(let time): json.time(time)
        case nil: json.null()
        }
        json.endObject()
    }
}

extension Parameters {
    /// A moment as RFC 3339 or microseconds since the epoch; nil when it is absent.
    func time(_ name: String) throws(APIError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let time = Int64(text) ?? Timestamp.parse(text), (0...Timestamp.latestMicroseconds).contains(time) else {
            throw .invalid(name, text, mustBe: "RFC 3339 with a zone or microseconds since 1970")
        }
        return time
    }

    /// A moment that is not in the future.
    func pastTime(_ name: String, now: Int64) throws(APIError) -> Int64? {
        let time = try time(name)
        guard let time, time > now else { return time }
        throw .invalid(name, try text(name) ?? "", mustBe: "not in the future")
    }
}
