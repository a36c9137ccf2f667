import Events

/// Reads the input as an event of each kind. Whatever decodes must be an event that is written again and then read as
/// the same; libFuzzer reports any trap, and any breach of memory where the build has the address sanitizer.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = RawSpan(_unsafeStart: UnsafeRawPointer(start ?? emptyInput), byteCount: count)
    for kind in EventKind.allCases {
        guard let event = try? decoder.decode(kind: kind, bytes) else { continue }
        check(event, kind)
    }
    return 0
}

private func check(_ event: Event, _ kind: EventKind) {
    do {
        let sealed = try encoder.seal(
            event.body, revision: event.revision, wallet: nil, payload: event.payload
        ) { _ in event.digest }
        let again = try decoder.decode(kind: kind, sealed.value.span.bytes)
        precondition(again == event, "an event was read differently once written")
        let content = encoder.encodeContent(event.body)
        precondition(encoder.encodeContent(again.body) == content, "content was encoded in two ways")
        // A batch is another way to the same bytes.
        var batch = RecordBatch()
        batch.append(
            position: LogPosition(topic: .walletTransactions, partition: 0, offset: 0), id: sealed.id,
            kind: kind.rawValue, time: 0, key: [], source: [], value: sealed.value)
        let batched = try decoder.decode(batch.entries[0], of: batch)
        precondition(batched == event, "a batch gave another event")
    } catch {
        preconditionFailure("what was read cannot be written: \(error)")
    }
}

// libFuzzer calls from one thread only.
nonisolated(unsafe) private let decoder = EventDecoder()
nonisolated(unsafe) private let encoder = EventEncoder()
nonisolated(unsafe) private let emptyInput = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
