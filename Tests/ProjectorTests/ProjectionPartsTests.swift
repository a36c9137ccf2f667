import Accounting
import Events
import HTTPServer
import Postgres
import ReadModels
import Testing

@testable import Projector

@Suite("Parts of the projection")
struct ProjectionPartsTests {
    private static func wallet(_ number: UInt8) -> WalletKey {
        guard let address = Address(bytes: [UInt8](repeating: number, count: 32)) else {
            preconditionFailure("32 bytes are an address")
        }
        return WalletKey(chain: .solana, address: address)
    }

    private static func recorded(_ body: Event.Body, offset: Int64) -> RecordedEvent {
        guard let digest = Digest(bytes: [UInt8](repeating: UInt8(offset), count: 32)) else {
            preconditionFailure("32 bytes are a digest")
        }
        return RecordedEvent(
            event: Event(body: body, revision: 1, digest: digest),
            position: LogPosition(topic: .walletTransactions, partition: 0, offset: offset), recordedAt: offset,
            source: "test")
    }

    @Test("The cache keeps what was used last within its bound, and a wallet too large for it not at all")
    func cache() {
        var cache = WalletCache(eventLimit: 40)
        for number in 0..<10 as Range<UInt8> { cache.put(Self.known(number, events: 5)) }
        #expect(cache.take(Self.wallet(0)) == nil)
        #expect(cache.take(Self.wallet(9))?.history.count == 5)
        #expect(cache.take(Self.wallet(9)) == nil)
        cache.put(Self.known(20, events: 21))
        #expect(cache.take(Self.wallet(20)) == nil)
    }

    @Test("Effects on base go by offset, in whatever order they are noted")
    func effects() throws {
        let wallet = Self.wallet(1)
        let events = [
            Self.recorded(.walletFlagged(Self.flag("c1", "on")), offset: 5),
            Self.recorded(.walletFlagged(Self.flag("c2", "off")), offset: 6),
            Self.recorded(.walletTracked(Self.flag("c3", "")), offset: 7),
            Self.recorded(.walletUntracked(Self.flag("c4", "")), offset: 8),
            Self.recorded(.walletDiscovered(Self.flag("source", "")), offset: 9),
            Self.recorded(.walletDiscovered(Self.flag("source", "")), offset: 10),
        ]
        for order in [events, events.reversed()] {
            var effects = BaseEffects()
            for event in order { effects.note(event, of: wallet) }
            let values = effects.statements.map(\.values)
            #expect(values.count == 3)
            #expect(values[0].contains(.boolArray([false])) && values[0].contains(.textArray(["c2"])))
            #expect(values[1].contains(.boolArray([false])) && values[1].contains(.textArray(["c4"])))
            #expect(values[2].last == .int64Array([9]))
        }
    }

    @Test("Every rule set is found by name and identity, and no other")
    func ruleSets() {
        for ruleSet in RuleSets.known {
            #expect(RuleSets.named(ruleSet.identity.name)?.identity == ruleSet.identity)
            #expect(RuleSets.matching(GenerationIdentity(ruleSet: ruleSet.identity)) != nil)
            #expect(RuleSets.matching(GenerationIdentity(ruleSet: ruleSet.identity, layoutVersion: 99)) == nil)
        }
        #expect(RuleSets.named("r9") == nil)
    }

    @Test("Readiness is told with the right status")
    func readiness() {
        let generation = Generation(number: 1, identity: GenerationIdentity(ruleSet: R2.identity))
        #expect(AdminServer.ready(.starting).status == 503)
        #expect(AdminServer.ready(.failing("away")).status == 503)
        #expect(AdminServer.ready(.standby).status == 200)
        #expect(AdminServer.ready(.projecting(generation)).status == 200)
    }

    private static func flag(_ command: String, _ value: String) -> WalletCommand {
        WalletCommand(command: command, author: "a", reason: "r", name: "favorite", value: value)
    }

    private static func known(_ number: UInt8, events: Int) -> WalletCache.Known {
        var known = WalletCache.Known(wallet: wallet(number))
        for index in 0..<events {
            let identity = TransactionIdentity(hash: [number, UInt8(index)])
            let retracted = TransactionRetracted(identity: identity, reason: "")
            known.history.insert(recorded(.transactionRetracted(retracted), offset: Int64(index)))
        }
        return known
    }
}
