/// An event as it is appended: its bytes, and what identifies it (I2).
public struct EncodedEvent: Sendable, Hashable {
    /// The event's deterministic id.
    public let id: Digest
    /// What happened.
    public let kind: EventKind
    /// Starts at 1.
    public let revision: UInt64
    /// SHA-256 of the content fields as encoded.
    public let contentDigest: Digest
    /// Content and knowledge fields, encoded.
    public let value: [UInt8]

    /// The record to append.
    ///
    /// - Parameters:
    ///   - key: the wallet's `logKey`, or the job's id.
    ///   - source: who said so, for example `zerion`.
    ///   - time: when it is appended, microseconds since the epoch.
    public func record(key: [UInt8], source: String, time: Int64, traceParent: String? = nil) -> LogRecord {
        LogRecord(key: key, id: id, kind: kind, source: source, time: time, traceParent: traceParent, value: value)
    }
}
