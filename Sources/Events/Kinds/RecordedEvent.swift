/// An event as it lies in a wallet's stream: what was said, when it was appended, by whom and where it lies.
public struct RecordedEvent: Sendable, Hashable {
    /// The event.
    public var event: Event
    /// Its place in the log.
    public var position: LogPosition
    /// When it was appended (`ce_time`), microseconds since the epoch: what was known when.
    public var recordedAt: Int64
    /// Who said so (`ce_source`).
    public var source: String

    /// An event at its place.
    public init(event: Event, position: LogPosition, recordedAt: Int64, source: String) {
        self.event = event
        self.position = position
        self.recordedAt = recordedAt
        self.source = source
    }
}
