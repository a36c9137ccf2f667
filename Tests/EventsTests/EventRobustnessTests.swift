import Testing

@testable import Events

@Suite struct EventRobustnessTests {
    /// Whatever decodes must be an event that can be sealed again and is then read as the same.
    private func decode(_ bytes: [UInt8], _ kind: EventKind, _ encoder: EventEncoder, _ decoder: EventDecoder) throws {
        let event: Event
        do throws(EventDecodingError) {
            event = try decoder.decode(kind: kind, bytes.span.bytes)
        } catch {
            #expect(error.code != .notPreserved)
            return
        }
        let sealed = try encoder.seal(
            event.body, revision: event.revision, wallet: nil, payload: event.payload
        ) { _ in event.digest }
        #expect(try decoder.decode(kind: kind, sealed.value.span.bytes) == event)
    }

    @Test("10,000 mutated events either are refused or mean something that can be written again")
    func mutations() throws {
        var events = RandomEvents(seed: 0xbad)
        let encoder = EventEncoder()
        let decoder = EventDecoder()
        for _ in 0..<2000 {
            let kind = events.kind()
            let value = try encoder.seal(
                events.body(of: kind), revision: events.revision(), wallet: nil, payload: events.payload(for: kind),
                digest: sha256
            ).value
            for _ in 0..<5 { try decode(events.mutate(value), kind, encoder, decoder) }
        }
    }

    @Test("An event read as every other kind is refused or means something that can be written again")
    func otherKinds() throws {
        var events = RandomEvents(seed: 0xf00d)
        let encoder = EventEncoder()
        let decoder = EventDecoder()
        for _ in 0..<20 {
            for written in RandomEvents.kinds {
                let body = events.body(of: written)
                let value = try encoder.seal(body, revision: 1, wallet: nil, digest: sha256).value
                for kind in RandomEvents.kinds { try decode(value, kind, encoder, decoder) }
            }
        }
    }

    @Test(
        "A truncated event is refused, or has lost its payload's place and nothing else", arguments: RandomEvents.kinds)
    func truncation(kind: EventKind) throws {
        var events = RandomEvents(seed: 300 + UInt64(kind.rawValue))
        let encoder = EventEncoder()
        let decoder = EventDecoder()
        for _ in 0..<20 {
            let body = events.body(of: kind)
            let value = try encoder.seal(
                body, revision: 1, wallet: nil, payload: events.payload(for: kind), digest: sha256
            ).value
            for count in 0..<value.count {
                guard let event = try? decoder.decode(kind: kind, value.span.bytes.extracting(first: count)) else {
                    continue
                }
                #expect(event == Event(body: body, revision: 1, digest: sha256(encoder.encodeContent(body))))
                #expect(count > encoder.encodeContent(body).count + Digest.byteCount)
            }
        }
    }

    @Test("A message that needs more memory than it may is refused, wherever the memory runs out")
    func memory() throws {
        var events = RandomEvents(seed: 7)
        let encoder = EventEncoder()
        for kind in RandomEvents.kinds {
            let body = events.body(of: kind)
            let value = try encoder.seal(body, revision: 1, wallet: nil, digest: sha256).value
            for limit in stride(from: 0, through: 8192, by: 48) {
                let decoder = EventDecoder(maximumMessageByteCount: limit)
                do throws(EventDecodingError) {
                    #expect(try decoder.decode(kind: kind, value.span.bytes).body == body)
                } catch {
                    #expect(error.code == .malformed)
                }
            }
        }
        // Half a million empty legs: 2 bytes each on the wire, 300 in memory.
        let bomb = [[UInt8]](repeating: [0x52, 0], count: 1 << 19).flatMap(\.self)
        #expect(throws: EventDecodingError(.malformed, field: "TransactionObserved")) {
            try EventDecoder().decode(kind: .transactionObserved, bomb.span.bytes)
        }
        #expect(throws: EventDecodingError(.outOfBounds, field: "TransactionObserved")) {
            try EventDecoder().decode(kind: .transactionObserved, (bomb + [0]).span.bytes)
        }
    }

    @Test("The arena grows in chunks up to its bound, and a reset gives all of it back")
    func arena() throws {
        let arena = CodecArena(maximumByteCount: 1 << 20)
        for _ in 0..<3 {
            arena.reset()
            var byteCount = 0
            var last: UnsafeMutablePointer<UInt8>?
            while let start = arena.allocate(UInt8.self, count: 1000) {
                start.initialize(repeating: 1, count: 1000)
                #expect(Int(bitPattern: start) % 16 == 0)
                #expect(start != last)
                last = start
                byteCount += 1000
            }
            #expect(byteCount > 900_000 && byteCount <= 1 << 20)
        }
        #expect(arena.allocate(UInt8.self, count: Int.max) == nil)
    }
}
