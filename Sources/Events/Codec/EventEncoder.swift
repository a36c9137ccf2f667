import CEvents

/// Writes events as they lie in the log (schemas/events).
///
/// The same content gives the same bytes in every version of this system, so its digest never changes: protobuf-c
/// writes fields in the order of their numbers, every number and length in its one shortest form, exact numbers in
/// their normal form; an empty text that means nothing is left out, and so must be whatever a later version adds, as
/// long as it says nothing.
///
/// Confined to one thread. Memory for the message itself is reused from event to event.
public final class EventEncoder {
    let writer: FieldWriter
    private let decoder = EventDecoder()

    /// An encoder with memory of its own.
    public init() {
        // The event is in memory already; what its message takes is proportional to that.
        writer = FieldWriter(arena: CodecArena(maximumByteCount: .max))
    }

    /// The content fields of an event: what its digest covers.
    public func encodeContent(_ body: Event.Body) -> [UInt8] {
        writer.arena.reset()
        return switch body {
        case .transactionObserved(let event): content(event)
        case .transactionRetracted(let event): content(event)
        case .transactionRefused(let event): content(event)
        case .priceObserved(let event): content(event)
        case .portfolioValued(let event): content(event)
        case .coverageRecorded(let event): content(event)
        case .walletTracked(let event): content(event)
        case .walletUntracked(let event): content(event)
        case .walletFlagged(let event): content(event)
        case .walletDiscovered(let event): content(event)
        case .correctionMade(let event): content(event)
        case .correctionUndone(let event): content(event)
        case .jobSubmitted(let event): content(event)
        case .jobWalletFinished(let event): content(event)
        case .jobCancelled(let event): content(event)
        case .serviceSwitched(let event): content(event)
        }
    }

    /// Completes an event with its revision, digest, payload position and id.
    ///
    /// What was written is read back: throws what a decoder would say about it, or `notPreserved` when the event read
    /// is another one, so nothing unreadable ever reaches the log.
    ///
    /// - Parameters:
    ///   - wallet: the wallet in whose stream the event will lie; nil for jobs and services.
    ///   - payload: where the provider's own words lie; only for what is observed or refused.
    public func seal(
        _ body: Event.Body, revision: UInt64, wallet: WalletKey?, payload: LogPosition? = nil,
        digest: DigestFunction
    ) throws(EventDecodingError) -> EncodedEvent {
        let content = encodeContent(body)
        let event = Event(body: body, revision: revision, digest: digest(content), payload: payload)
        let value = content + knowledge(of: event)
        guard try decoder.decode(kind: body.kind, value.span.bytes) == event else {
            throw EventDecodingError(.notPreserved, field: body.kind.type)
        }
        let id = EventIdentifier.make(
            kind: body.kind, wallet: wallet, subject: EventSubject(of: body).name, revision: revision,
            contentDigest: event.digest, digest: digest)
        return EncodedEvent(
            id: id, kind: body.kind, revision: revision, contentDigest: event.digest, value: value)
    }

    /// Makes a provider's own JSON of one transaction ready for the topic of payloads.
    ///
    /// Throws `outOfBounds` when it is larger than a record may be.
    public func seal(
        payload json: [UInt8], of transaction: TransactionIdentity, revision: UInt64, wallet: WalletKey,
        digest: DigestFunction
    ) throws(EventDecodingError) -> EncodedEvent {
        let kind = EventKind.providerPayload
        guard json.count <= LogRecord.maximumValueByteCount else {
            throw EventDecodingError(.outOfBounds, field: kind.type)
        }
        let contentDigest = digest(json)
        let id = EventIdentifier.make(
            kind: kind, wallet: wallet, subject: transaction.subject, revision: revision,
            contentDigest: contentDigest, digest: digest)
        return EncodedEvent(id: id, kind: kind, revision: revision, contentDigest: contentDigest, value: json)
    }

    /// The fields above 100; appended to the content they complete the message.
    private func knowledge(of event: Event) -> [UInt8] {
        var message = Pnl__Knowledge()
        pnl__knowledge__init(&message)
        writer.set(event.revision, &message.has_revision, &message.revision)
        writer.set(event.digest.bytes, &message.has_digest, &message.digest)
        if let payload = event.payload {
            writer.set(
                UInt32(truncatingIfNeeded: payload.topic.rawValue), &message.has_payload_topic, &message.payload_topic)
            writer.set(
                UInt32(truncatingIfNeeded: payload.partition), &message.has_payload_partition,
                &message.payload_partition)
            writer.set(
                UInt64(bitPattern: payload.offset), &message.has_payload_offset, &message.payload_offset)
        }
        return writer.pack(&message)
    }
}
