import Testing

@testable import Events

@Suite struct EventBoundsTests {
    private let decoder = EventDecoder()
    private static let address20 = [UInt8](repeating: 5, count: 20)

    /// A leg that decodes, apart from what `change` adds; of a field written twice the later value counts.
    private static func leg(_ change: (inout WireMessage) -> Void = { _ in }) -> [UInt8] {
        var leg = WireMessage()
        leg.add(2, varint: 1)
        leg.add(3, varint: 0)
        leg.add(7, [])
        leg.add(8, varint: 9)
        change(&leg)
        return leg.bytes
    }

    private func transaction(_ change: (inout WireMessage) -> Void) throws -> Event {
        var message = WireMessage()
        message.add(1, [1])
        message.add(3, varint: 1)
        message.add(7, varint: 1)
        message.addKnowledge()
        change(&message)
        return try decoder.decode(kind: .transactionObserved, message.bytes.span.bytes)
    }

    private func observed(_ change: (inout WireMessage) -> Void) throws -> TransactionObserved? {
        guard case .transactionObserved(let transaction) = try transaction(change).body else { return nil }
        return transaction
    }

    private func expect(
        _ code: EventDecodingError.Code, _ field: String, _ change: (inout WireMessage) -> Void,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: EventDecodingError(code, field: field), sourceLocation: location) { try transaction(change) }
    }

    @Test("The bounds of a transaction's own fields")
    func transactionBounds() throws {
        let longest = [UInt8](repeating: 1, count: 128)
        #expect(try observed { $0.add(1, longest) }?.identity.hash == longest)
        expect(.outOfBounds, "hash") { $0.add(1, longest + [1]) }
        expect(.outOfBounds, "provider_id") { $0.add(2, longest + [1]) }
        expect(.missingField, "hash") { $0.add(1, []) }
        #expect(try observed { $0.add(6, Self.address20) }?.sender?.bytes == Self.address20)
        for count in [0, 1, 19, 21, 31, 33] {
            expect(.outOfBounds, "sender") { $0.add(6, [UInt8](repeating: 1, count: count)) }
        }
        for status: UInt64 in [0, 4, 1 << 31] { expect(.unknownValue, "status") { $0.add(7, varint: status) } }
        for text: [UInt8] in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0x61, 0, 0x62]] {
            expect(.invalidText, "operation") { $0.add(9, text) }
        }
        #expect(try observed { $0.add(9, Array("🪙".utf8)) }?.operation.rawValue == "🪙")
        #expect(try observed { $0.add(3, varint: .max) }?.minedAt == -1)
    }

    @Test("The bounds of a leg's fields, with the leg's place in the error")
    func legBounds() throws {
        func refused(
            _ code: EventDecodingError.Code, _ field: String, _ change: (inout WireMessage) -> Void,
            at location: SourceLocation = #_sourceLocation
        ) {
            let parts: (inout WireMessage) -> Void = { message in
                message.add(10, Self.leg())
                message.add(10, Self.leg(change))
            }
            expect(code, "legs[1].\(field)", parts, at: location)
            expect(code, "fee.\(field)", { $0.add(11, Self.leg(change)) }, at: location)
        }
        for direction: UInt64 in [0, 4, 99] { refused(.unknownValue, "direction") { $0.add(2, varint: direction) } }
        refused(.unknownValue, "naming") { $0.add(3, varint: 4) }
        refused(.missingField, "asset") { $0.add(3, varint: 2) }
        refused(.contradiction, "asset") { $0.add(4, Self.address20) }
        refused(.outOfBounds, "asset") { leg in
            leg.add(3, varint: 2)
            leg.add(4, [1, 2])
        }
        refused(.outOfBounds, "amount") { $0.add(7, [0x80]) }
        refused(.outOfBounds, "amount") { $0.add(7, [1] + [UInt8](repeating: 0, count: 32)) }
        refused(.outOfBounds, "amount") { $0.add(7, [UInt8](repeating: 0, count: 34)) }
        refused(.outOfBounds, "decimals") { $0.add(8, varint: 78) }
        refused(.outOfBounds, "decimals") { $0.add(8, varint: 256) }
        refused(.outOfBounds, "price") { $0.add(9, [UInt8](repeating: 1, count: 17)) }
        refused(.contradiction, "price") { $0.add(10, signed: 2) }
        refused(.contradiction, "value") { $0.add(12, signed: 2) }
        for exponent: Int32 in [401, -401, .max, .min] {
            refused(.outOfBounds, "value") { leg in
                leg.add(11, [1])
                leg.add(12, signed: exponent)
            }
        }
        refused(.outOfBounds, "price") { leg in
            leg.add(9, [10])
            leg.add(10, signed: 400)
        }
        refused(.invalidText, "symbol") { $0.add(6, [0xfe]) }
        refused(.invalidText, "nft") { $0.add(5, [0]) }
        refused(.invalidText, "act") { $0.add(1, [0x80]) }
    }

    @Test("A number in another form than the normal one is read as the same number")
    func denormalNumbers() throws {
        let transaction = try observed { message in
            message.add(
                10,
                Self.leg { leg in
                    leg.add(7, [0, 0, 0, 0x12])
                    leg.add(9, [0, 0x03, 0xe8])
                    leg.add(10, signed: -5)
                    leg.add(11, [])
                    leg.add(12, signed: 77)
                })
        }
        let leg = try #require(transaction?.legs.first)
        #expect(leg.amount == Amount(low: 18))
        #expect(leg.price == DecimalNumber(coefficient: 1, exponent: -2))
        #expect(leg.value == .zero && leg.value?.exponent == 0)
    }

    @Test("4096 legs are read, 4097 are not")
    func legCount() throws {
        #expect(try observed { for _ in 0..<4096 { $0.add(10, Self.leg()) } }?.legs.count == 4096)
        expect(.outOfBounds, "legs") { for _ in 0..<4097 { $0.add(10, Self.leg()) } }
        expect(.outOfBounds, "acts") { for _ in 0..<4097 { $0.add(12, []) } }
    }

    @Test("Revision, digest and the payload's place are bounded too")
    func knowledge() throws {
        expect(.outOfBounds, "revision") { $0.add(100, varint: 0) }
        for count in [0, 31, 33] { expect(.outOfBounds, "digest") { $0.add(101, [UInt8](repeating: 1, count: count)) } }
        func payload(_ topic: UInt64, _ partition: UInt64, _ offset: UInt64) -> (inout WireMessage) -> Void {
            { message in
                message.add(102, varint: topic)
                message.add(103, varint: partition)
                message.add(104, varint: offset)
            }
        }
        let place = LogPosition(topic: .providerPayloads, partition: .max, offset: .max)
        #expect(try transaction(payload(2, UInt64(Int32.max), UInt64(Int64.max))).payload == place)
        for topic: UInt64 in [0, 4, 1 << 16, 1 << 31] {
            expect(.unknownValue, "payload_topic", payload(topic, 0, 0))
        }
        expect(.outOfBounds, "payload_partition", payload(2, 1 << 31, 0))
        expect(.outOfBounds, "payload_offset", payload(2, 0, 1 << 63))
        expect(.missingField, "payload_topic") { $0.add(104, varint: 1) }
        expect(.missingField, "payload_partition") { $0.add(102, varint: 2) }
    }

    @Test("Unknown fields of every wire type are passed over")
    func unknownFields() throws {
        let plain = try transaction { $0.add(10, Self.leg()) }
        let extended = try transaction { message in
            message.add(50, varint: .max)
            message.add(536_870_911, Array("from a later version".utf8))
            message.add(10, Self.leg { $0.add(99, [1, 2, 3]) })
        }
        #expect(extended == plain)
    }

    @Test("What says nothing is an error of every kind, as is what is no message", arguments: RandomEvents.kinds)
    func empty(kind: EventKind) {
        var knowledge = WireMessage()
        knowledge.addKnowledge()
        for bytes in [[], knowledge.bytes] {
            let error = #expect(throws: EventDecodingError.self) {
                try decoder.decode(kind: kind, bytes.span.bytes)
            }
            #expect(error?.code == .missingField)
        }
        for bytes: [UInt8] in [[0xff], [0x0a, 0x05, 1], [0x0b], [UInt8](repeating: 0x80, count: 20)] {
            #expect(throws: EventDecodingError.self) { try decoder.decode(kind: kind, bytes.span.bytes) }
        }
    }

    @Test("Closed sets, wallets and counts of the other kinds are checked")
    func otherKinds() {
        func refused(
            _ kind: EventKind, _ code: EventDecodingError.Code, _ field: String, _ fill: (inout WireMessage) -> Void,
            at location: SourceLocation = #_sourceLocation
        ) {
            var message = WireMessage()
            fill(&message)
            message.addKnowledge()
            #expect(throws: EventDecodingError(code, field: field), sourceLocation: location) {
                try decoder.decode(kind: kind, message.bytes.span.bytes)
            }
        }
        refused(.transactionRefused, .unknownValue, "code") { message in
            message.add(1, [1])
            message.add(3, Array("boredom".utf8))
        }
        refused(.coverageRecorded, .unknownValue, "stop_reason") { message in
            message.add(1, [65])
            for field in [2, 3, 4] { message.add(field, varint: 1) }
            message.add(5, varint: 6)
        }
        refused(.correctionMade, .unknownValue, "target_kind") { message in
            message.add(1, [65])
            message.add(2, Array("mood".utf8))
        }
        for (chain, field, code): (UInt64, String, EventDecodingError.Code) in [
            (0, "chain", .unknownValue), (5, "chain", .unknownValue), (1 << 20, "chain", .unknownValue),
            (1, "wallet", .outOfBounds),
        ] {
            var wallet = WireMessage()
            wallet.add(1, varint: chain)
            wallet.add(2, Self.address20)
            refused(.jobSubmitted, code, "wallets[0].\(field)") { message in
                message.add(1, [65])
                message.add(3, wallet.bytes)
            }
        }
        refused(.jobWalletFinished, .outOfBounds, "attempt") { message in
            message.add(1, [65])
            message.add(6, varint: 0)
        }
        refused(.priceObserved, .missingField, "price") { message in
            message.add(1, varint: 1)
            message.add(3, varint: 1)
            message.add(4, [65])
        }
        refused(.portfolioValued, .missingField, "assets[0].price_time") { message in
            message.add(3, [0x08, 0])
        }
    }

    @Test("An error names code and field, and never a value")
    func description() {
        #expect(EventDecodingError(.invalidText, field: "legs[1].symbol").description == "invalid_text: legs[1].symbol")
        #expect(Set(EventDecodingError.Code.allCases.map(\.rawValue)).count == 8)
    }
}
