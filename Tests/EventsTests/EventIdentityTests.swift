import Events
import Testing

@Suite struct EventIdentityTests {
    private static func digest(_ byte: UInt8) -> Digest { Digest(bytes: [UInt8](repeating: byte, count: 32))! }

    private static func event(revision: UInt64, digest: UInt8) -> Event {
        let body = Event.Body.jobCancelled(JobCancelled(job: "j", author: "a", reason: "r"))
        return Event(body: body, revision: revision, digest: Self.digest(digest))
    }

    @Test("The higher revision wins, then the greater digest, and nothing wins over itself")
    func ranks() {
        let ordered = [
            Self.event(revision: 1, digest: 3), Self.event(revision: 2, digest: 1), Self.event(revision: 2, digest: 2),
            Self.event(revision: 10, digest: 0),
        ]
        for (first, left) in ordered.enumerated() {
            for (second, right) in ordered.enumerated() {
                #expect((left.rank > right.rank) == (first > second))
            }
        }
    }

    @Test("An id hashes kind, chain, wallet, subject, revision and content digest, each behind its length")
    func preimage() throws {
        let job = JobCancelled(job: "7", author: "ada", reason: "")
        let sealed = try EventEncoder().seal(.jobCancelled(job), revision: 258, wallet: nil, digest: sha256)
        let content: [UInt8] = [0x0a, 1, UInt8(ascii: "7"), 0x12, 3] + Array("ada".utf8)
        #expect(sealed.contentDigest == sha256(content))
        let subject: [UInt8] = [0, 0, 0, 1, UInt8(ascii: "7"), 0, 0, 0, 9] + Array("cancelled".utf8)
        var preimage: [UInt8] = [0, 0, 0, 1, 22, 0, 0, 0, 0, 0, 0, 0, 0]
        preimage += [0, 0, 0, UInt8(subject.count)] + subject
        preimage += [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2]
        preimage += [0, 0, 0, 32] + sealed.contentDigest.bytes
        #expect(sealed.id == sha256(preimage))
        #expect(sealed.value == content + [0xa0, 6, 0x82, 2, 0xaa, 6, 32] + sealed.contentDigest.bytes)
    }

    @Test("Each part of an id changes it")
    func parts() {
        let address = Address(bytes: [UInt8](repeating: 1, count: 20))!
        let other = Address(bytes: [UInt8](repeating: 2, count: 20))!
        func id(
            _ kind: EventKind = .priceObserved, _ wallet: WalletKey? = WalletKey(chain: .base, address: address),
            _ subject: [UInt8] = [1, 2], _ revision: UInt64 = 1, _ digest: UInt8 = 1
        ) -> Digest {
            EventIdentifier.make(
                kind: kind, wallet: wallet, subject: subject, revision: revision, contentDigest: Self.digest(digest),
                digest: sha256)
        }
        let ids = [
            id(), id(.portfolioValued), id(.priceObserved, nil),
            id(.priceObserved, WalletKey(chain: .ethereum, address: address)),
            id(.priceObserved, WalletKey(chain: .base, address: other)),
            id(.priceObserved, WalletKey(chain: .base, address: address), [1]),
            id(.priceObserved, WalletKey(chain: .base, address: address), [1, 2], 2),
            id(.priceObserved, WalletKey(chain: .base, address: address), [1, 2], 1, 2),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(id() == ids[0])
    }

    @Test("The payload's place and the provider are no part of the identity")
    func outsideIdentity() throws {
        var events = RandomEvents(seed: 2)
        let wallet = events.wallet()
        let body = events.body(of: .transactionObserved)
        let encoder = EventEncoder()
        let place = LogPosition(topic: .providerPayloads, partition: 15, offset: 1 << 40)
        let first = try encoder.seal(body, revision: 1, wallet: wallet, payload: place, digest: sha256)
        let second = try encoder.seal(body, revision: 1, wallet: wallet, digest: sha256)
        #expect(first.id == second.id && first.contentDigest == second.contentDigest)
        #expect(first.value != second.value)
        let record = first.record(key: wallet.logKey, source: "zerion", time: 5)
        let again = second.record(key: wallet.logKey, source: "webhook", time: 9)
        #expect(record.id == again.id && record.kind == .transactionObserved)
    }

    @Test("A payload's identity is its transaction's subject and its own bytes")
    func payloads() throws {
        var events = RandomEvents(seed: 3)
        let wallet = events.wallet()
        let encoder = EventEncoder()
        let transaction = TransactionIdentity(hash: Array("5h".utf8), providerID: Array("p".utf8))
        func seal(_ json: String, _ transaction: TransactionIdentity) throws -> EncodedEvent {
            try encoder.seal(
                payload: Array(json.utf8), of: transaction, revision: 1, wallet: wallet, digest: sha256)
        }
        let sealed = try seal("{}", transaction)
        #expect(sealed.kind == .providerPayload && sealed.value == Array("{}".utf8))
        #expect(try sealed.id == seal("{}", TransactionIdentity(hash: Array("5h".utf8))).id)
        #expect(try sealed.id != seal("{ }", transaction).id)
        #expect(try sealed.id != seal("{}", TransactionIdentity(hash: Array("5i".utf8))).id)
        #expect(throws: EventDecodingError(.outOfBounds, field: "pnl.provider.payload.v1")) {
            try seal(String(repeating: " ", count: LogRecord.maximumValueByteCount + 1), transaction)
        }
    }

    @Test("Every kind is found by its type, and no type twice")
    func kinds() {
        for kind in EventKind.allCases { #expect(EventKind(type: kind.type) == kind) }
        #expect(Set(EventKind.allCases.map(\.type)).count == EventKind.allCases.count)
        #expect(EventKind(type: "pnl.transaction.observed.v2") == nil)
        for kind in RandomEvents.kinds {
            var events = RandomEvents(seed: 4)
            #expect(events.body(of: kind).kind == kind)
        }
    }
}
