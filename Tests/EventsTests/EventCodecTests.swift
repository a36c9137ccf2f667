import Testing

@testable import Events

@Suite struct EventCodecTests {
    @Test("Random events of every kind are read back exactly", arguments: RandomEvents.kinds)
    func roundTrip(kind: EventKind) throws {
        var events = RandomEvents(seed: UInt64(kind.rawValue))
        let encoder = EventEncoder()
        let decoder = EventDecoder()
        for _ in 0..<200 {
            let body = events.body(of: kind)
            let payload = events.payload(for: kind)
            let revision = events.revision()
            let sealed = try encoder.seal(
                body, revision: revision, wallet: events.wallet(), payload: payload, digest: sha256)
            let event = try decoder.decode(kind: kind, sealed.value.span.bytes)
            #expect(
                event
                    == Event(
                        body: body, revision: revision, digest: sha256(encoder.encodeContent(body)), payload: payload))
            // Texts are equal when they are canonically equivalent, bytes only when they are the same.
            #expect(encoder.encodeContent(event.body) == encoder.encodeContent(body))
            #expect(sealed.value.starts(with: encoder.encodeContent(body)))
        }
    }

    @Test(
        "Fields are written in the order of their numbers, so content has one encoding", arguments: RandomEvents.kinds)
    func fieldOrder(kind: EventKind) throws {
        var events = RandomEvents(seed: 100 + UInt64(kind.rawValue))
        let encoder = EventEncoder()
        for _ in 0..<50 {
            let body = events.body(of: kind)
            let sealed = try encoder.seal(
                body, revision: 3, wallet: nil, payload: events.payload(for: kind), digest: sha256)
            let numbers = try fieldNumbers(of: sealed.value)
            #expect(numbers == numbers.sorted())
            #expect(try fieldNumbers(of: encoder.encodeContent(body)).allSatisfy { $0 < 100 })
        }
    }

    @Test("A record is read from the bytes of its batch")
    func batches() throws {
        var events = RandomEvents(seed: 6)
        let encoder = EventEncoder()
        var batch = RecordBatch()
        var bodies: [Event.Body] = []
        for offset in 0..<100 {
            let kind = events.kind()
            let body = events.body(of: kind)
            let sealed = try encoder.seal(body, revision: 1, wallet: nil, digest: sha256)
            bodies.append(body)
            batch.append(
                position: LogPosition(topic: .walletTransactions, partition: 2, offset: Int64(offset)), id: sealed.id,
                kind: kind.rawValue, time: 8, key: Array("key".utf8), source: "zerion".utf8, value: sealed.value[...])
        }
        let decoder = EventDecoder()
        for (entry, body) in zip(batch.entries, bodies) {
            #expect(try decoder.decode(entry, of: batch).body == body)
            #expect(batch.key(of: entry).elementsEqual("key".utf8))
            #expect(batch.source(of: entry) == "zerion")
        }
        #expect(batch.count == 100 && !batch.isEmpty)
        batch.removeAll()
        #expect(batch.isEmpty && batch.bytes.isEmpty)
    }

    @Test("Kinds that are no event or not known are refused")
    func kinds() throws {
        let decoder = EventDecoder()
        #expect(throws: EventDecodingError(.unknownKind, field: "pnl.provider.payload.v1")) {
            try decoder.decode(kind: .providerPayload, Array("{}".utf8).span.bytes)
        }
        var batch = RecordBatch()
        batch.append(
            position: LogPosition(topic: .jobs, partition: 0, offset: 0), id: sha256([]), kind: 200, time: 0, key: [],
            source: [], value: [])
        #expect(throws: EventDecodingError(.unknownKind, field: "kind 200")) {
            try decoder.decode(batch.entries[0], of: batch)
        }
    }

    @Test("An encoder seals nothing that a decoder would refuse or read differently")
    func sealing() throws {
        let encoder = EventEncoder()
        let leg = Leg(direction: .own, asset: .absent, amount: .zero, decimals: 0)
        var transaction = TransactionObserved(
            identity: TransactionIdentity(hash: [1]), minedAt: 1, operation: .send, legs: [leg])
        func seal(revision: UInt64 = 1) throws {
            _ = try encoder.seal(.transactionObserved(transaction), revision: revision, wallet: nil, digest: sha256)
        }
        try seal()
        #expect(throws: EventDecodingError(.outOfBounds, field: "revision")) { try seal(revision: 0) }
        transaction.legs = [leg, Leg(direction: .own, asset: .absent, symbol: "a\0", amount: .zero, decimals: 0)]
        #expect(throws: EventDecodingError(.invalidText, field: "legs[1].symbol")) { try seal() }
        transaction.legs = Array(repeating: leg, count: TransactionObserved.maximumLegCount)
        try seal()
        transaction.legs.append(leg)
        #expect(throws: EventDecodingError(.outOfBounds, field: "legs")) { try seal() }
        transaction.legs = []
        transaction.sender = .empty
        #expect(throws: EventDecodingError(.outOfBounds, field: "sender")) { try seal() }
        transaction.sender = nil
        transaction.operation = Operation(rawValue: String(repeating: "x", count: LogRecord.maximumValueByteCount))
        #expect(throws: EventDecodingError(.outOfBounds, field: "TransactionObserved")) { try seal() }
        let payload = LogPosition(topic: .providerPayloads, partition: 0, offset: 0)
        let retraction = Event.Body.transactionRetracted(
            TransactionRetracted(identity: TransactionIdentity(hash: [1]), reason: ""))
        #expect(throws: EventDecodingError(.notPreserved, field: "pnl.transaction.retracted.v1")) {
            try encoder.seal(retraction, revision: 1, wallet: nil, payload: payload, digest: sha256)
        }
    }

    /// The field numbers of a message, in the order in which they were written.
    private func fieldNumbers(of bytes: [UInt8]) throws -> [UInt64] {
        var numbers: [UInt64] = []
        var rest = bytes[...]
        func varint() throws -> UInt64 {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                let next = rest.popFirst()
                let byte = try #require(next)
                value |= UInt64(byte & 0x7f) << shift
                if byte < 0x80 { break }
            }
            return value
        }
        while !rest.isEmpty {
            let tag = try varint()
            numbers.append(tag >> 3)
            let value = try varint()
            if tag & 7 == 2 { rest = rest.dropFirst(Int(value)) } else { #expect(tag & 7 == 0) }
        }
        return numbers
    }
}
