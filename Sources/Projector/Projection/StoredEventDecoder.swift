import Events
import ReadModels

/// Reads the events of `base.wallet_events` again. Confined to one thread.
struct StoredEventDecoder {
    private let decoder = EventDecoder()

    /// The event of an entry; throws when this build cannot read it.
    func decode(_ entry: EventChunk.Entry, partition: Int32) throws(EventDecodingError) -> RecordedEvent {
        guard let kind = EventKind(rawValue: entry.kind) else {
            throw EventDecodingError(.unknownKind, field: "kind \(entry.kind)")
        }
        return RecordedEvent(
            event: try decoder.decode(kind: kind, entry.value.span.bytes),
            position: LogPosition(topic: .walletTransactions, partition: partition, offset: entry.offset),
            recordedAt: entry.time, source: entry.source)
    }
}
