import CEvents

/// Reads events from the bytes of log records (schemas/events). Every bound is checked, unknown fields are passed over,
/// and no bytes whatever trap.
///
/// Confined to one thread. Memory for the message itself is reused from event to event.
public final class EventDecoder {
    let arena: CodecArena

    /// A decoder with memory of its own.
    public init() { arena = CodecArena() }

    /// A decoder whose messages may take so much memory at most.
    init(maximumMessageByteCount: Int) { arena = CodecArena(maximumByteCount: maximumMessageByteCount) }

    /// The event in a record of `batch`, read from the batch's own bytes.
    public func decode(_ entry: RecordBatch.Entry, of batch: RecordBatch) throws(EventDecodingError) -> Event {
        guard let kind = EventKind(rawValue: entry.kind) else {
            throw EventDecodingError(.unknownKind, field: "kind \(entry.kind)")
        }
        return try decode(kind: kind, batch.bytes.span.bytes.extracting(entry.value))
    }

    /// The event of `kind` that `bytes` encode.
    public func decode(kind: EventKind, _ bytes: RawSpan) throws(EventDecodingError) -> Event {
        arena.reset()
        return try bytes.withUnsafeBytes { (bytes) throws(EventDecodingError) -> Event in
            switch kind {
            case .transactionObserved: try transactionObserved(bytes)
            case .transactionRetracted: try transactionRetracted(bytes)
            case .transactionRefused: try transactionRefused(bytes)
            case .priceObserved: try priceObserved(bytes)
            case .portfolioValued: try portfolioValued(bytes)
            case .coverageRecorded: try coverageRecorded(bytes)
            case .walletTracked: try walletCommand(bytes, Event.Body.walletTracked)
            case .walletUntracked: try walletCommand(bytes, Event.Body.walletUntracked)
            case .walletFlagged: try walletCommand(bytes, Event.Body.walletFlagged)
            case .walletDiscovered: try walletCommand(bytes, Event.Body.walletDiscovered)
            case .correctionMade: try correction(bytes, Event.Body.correctionMade)
            case .correctionUndone: try correction(bytes, Event.Body.correctionUndone)
            case .jobSubmitted: try jobSubmitted(bytes)
            case .jobWalletFinished: try jobWalletFinished(bytes)
            case .jobCancelled: try jobCancelled(bytes)
            case .serviceSwitched: try serviceSwitched(bytes)
            case .providerPayload: throw EventDecodingError(.unknownKind, field: kind.type)
            }
        }
    }

    /// A generated function that unpacks one type of message.
    typealias Unpack<Message> = (
        UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Message>?

    /// Unpacks a message into the arena, where it lies until the next event is decoded.
    func unpack<Message>(
        _ bytes: UnsafeRawBufferPointer, as name: String, _ unpack: Unpack<Message>
    ) throws(EventDecodingError) -> UnsafeMutablePointer<Message> {
        guard bytes.count <= LogRecord.maximumValueByteCount else {
            throw EventDecodingError(.outOfBounds, field: name)
        }
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let message = unpack(arena.allocator, bytes.count, start) else {
            throw EventDecodingError(.malformed, field: name)
        }
        return message
    }
}
