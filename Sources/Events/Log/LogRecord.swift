/// A record to append: an encoded event with its CloudEvents attributes.
public struct LogRecord: Sendable, Hashable {
    /// The record's key; equal keys share a partition.
    public var key: [UInt8]
    /// The event's deterministic id (`ce_id`, I2).
    public var id: Digest
    /// What happened (`ce_type`).
    public var kind: EventKind
    /// Who said so (`ce_source`), for example `zerion`.
    public var source: String
    /// When it was appended (`ce_time`), microseconds since the epoch, stamped by the appender.
    public var time: Int64
    /// W3C trace context; nil when there is none.
    public var traceParent: String?
    /// The encoded event.
    public var value: [UInt8]

    /// Most bytes of a value, in any log.
    public static let maximumValueByteCount = 1 << 20

    /// A record to append.
    public init(
        key: [UInt8], id: Digest, kind: EventKind, source: String, time: Int64, traceParent: String? = nil,
        value: [UInt8]
    ) {
        self.key = key
        self.id = id
        self.kind = kind
        self.source = source
        self.time = time
        self.traceParent = traceParent
        self.value = value
    }
}
