import Events
import Runtime
import Testing

@testable import Ingest

@Suite("An import survives what happens to it")
struct ImportFaultTests {
    private static let pages = (1...30).map { number in
        PageText.transaction("hash-1", "hash-\(number)").replacing("id-1", with: "id-\(number)")
    }

    private func fixture() throws -> ImportFixture {
        let fixture = try ImportFixture()
        fixture.limits.batchCount = 4
        try fixture.write("page.json", Array("{\"data\":[\(Self.pages.joined(separator: ","))]}".utf8))
        return fixture
    }

    @Test(
        "After a crash at any append, the next import completes the log as an undisturbed one would",
        arguments: [Topic.providerPayloads, .walletTransactions], 0..<8)
    func crash(topic: Topic, after appends: Int) throws {
        let undisturbed = try fixture()
        try undisturbed.run()
        let fixture = try fixture()
        let faults = Array(repeating: InMemoryLog.Fault.acknowledgementLost, count: appends) + [.refused]
        fixture.log.fail(topic, with: faults)
        #expect(throws: (any Error).self) { try fixture.run() }
        fixture.log.fail(topic, with: [])
        try fixture.run()
        #expect(
            try fixture.folded().mapValues { $0.mapValues(\.digest) }
                == undisturbed.folded().mapValues { $0.mapValues(\.digest) })
        #expect(try fixture.folded().values.allSatisfy { $0.values.allSatisfy { $0.revision == 1 } })
        #expect(try fixture.run().total.appendedEvents == 0)
    }

    @Test("A log that is away for a while delays an import, and what it acknowledged is counted once")
    func away() throws {
        let fixture = try fixture()
        fixture.log.fail(.providerPayloads, with: [.unavailable, .acknowledgementLost, .unavailable])
        fixture.log.fail(.walletTransactions, with: [.acknowledgementLost, .unavailable])
        let summary = try fixture.run()
        #expect(summary.total.transactions == ImportTally.Counts(new: 30))
        #expect(Set(fixture.log.stored(.walletTransactions).map(\.record.id)).count == 31)
        #expect(fixture.log.stored(.walletTransactions).count == 35)
    }

    @Test("A log that stays away ends the import with what it said")
    func awayForever() throws {
        let fixture = try fixture()
        fixture.clockStepMicroseconds = 1_000_000
        fixture.limits.leaseMilliseconds = 1_000_000
        fixture.log.fail(.walletTransactions, with: Array(repeating: .unavailable, count: 1_000))
        #expect(throws: LogError(.unavailable, "away")) { try fixture.run() }
        #expect(fixture.log.stored(.walletTransactions).isEmpty)
    }

    @Test("When a lease runs out the partition is begun anew, and nothing is counted twice")
    func leaseLost() throws {
        let fixture = try fixture()
        fixture.clockStepMicroseconds = 5_000_000
        fixture.log.loseRenewals(2)
        let summary = try fixture.run()
        #expect(summary.total.transactions == ImportTally.Counts(new: 30))
        #expect(summary.total.payloads == 30)
        #expect(fixture.log.claims == 3)
    }

    @Test("Reading a long history renews the lease, so that it does not run out before the first append")
    func longHistory() throws {
        let fixture = try fixture()
        try fixture.run()
        fixture.clockStepMicroseconds = 5_000_000
        let renewals = fixture.log.renewals
        #expect(try fixture.run().total.appendedEvents == 0)
        #expect(fixture.log.renewals - renewals >= 31 / 3)
    }

    @Test("A lease that is lost for good ends the import")
    func leaseLostForGood() throws {
        let fixture = try fixture()
        fixture.clockStepMicroseconds = 5_000_000
        fixture.log.loseRenewals(1_000)
        let error = #expect(throws: IngestError.self) { try fixture.run() }
        #expect(error?.code == .leaseLost)
    }

    @Test("Another import that does not end is named")
    func busy() throws {
        let fixture = try fixture()
        fixture.limits.leaseWaitMilliseconds = 0
        fixture.log.hold(by: "ingest 42")
        let error = #expect(throws: IngestError.self) { try fixture.run() }
        #expect(error?.code == .busy)
        #expect(error?.description.contains("ingest 42") == true)
        fixture.log.hold(by: nil)
        #expect(try fixture.run().total.transactions.new == 30)
    }

    @Test("Asked to stop, an import ends and can be completed")
    func stopped() throws {
        let fixture = try fixture()
        fixture.stop.raise()
        let error = #expect(throws: IngestError.self) { try fixture.run() }
        #expect(error?.code == .stopped)
        #expect(fixture.log.stored(.walletTransactions).isEmpty)
    }

    @Test("One bad file among good ones: each is named, and nothing at all is appended")
    func badFiles() throws {
        let fixture = try fixture()
        try fixture.write("truncated.json", Array(PageText.page(PageText.transaction).dropLast(5)))
        try fixture.write("other.json", Array(#"{"errors":[]}"#.utf8))
        try fixture.write("page.prices.json", Array(#"[{"chain":"solana"}]"#.utf8))
        let error = #expect(throws: IngestError.self) { try fixture.run() }
        #expect(error?.code == .unreadableInput)
        for name in ["truncated.json: ", "other.json: byte 0", "page.prices.json: byte 1: record 0"] {
            #expect(error?.description.contains(name) == true, "\(name)")
        }
        #expect(fixture.log.stored(.walletTransactions).isEmpty)
        #expect(fixture.log.stored(.providerPayloads).isEmpty)
        #expect(fixture.log.claims == 0)
    }
}
