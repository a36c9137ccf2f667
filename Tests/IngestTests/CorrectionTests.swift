import Events
import Runtime
import Testing

@testable import Ingest

@Suite("Corrections are checked and appended once")
struct CorrectionTests {
    private static let token = AssetName.address(Address(text: LedgerText.token, chain: .ethereum) ?? .empty)
    private static let kick = AssetName.address(Address(text: PageText.token, chain: .solana) ?? .empty)
    private static let ethereum = WalletKey(
        chain: .ethereum, address: Address(text: LedgerText.ethereumWallet, chain: .ethereum) ?? .empty)
    private static let solana = WalletKey(
        chain: .solana, address: Address(text: LedgerText.solanaWallet, chain: .solana) ?? .empty)
    private static let otherSolana = WalletKey(
        chain: .solana, address: Address(text: PageText.otherWallet, chain: .solana) ?? .empty)

    private func fixture() throws -> ImportFixture {
        let fixture = try ImportFixture()
        let other = LedgerText.received.replacing(PageText.wallet, with: PageText.otherWallet)
        try fixture.write(
            "a.csv", LedgerText.file(LedgerText.bought, LedgerText.sold, LedgerText.received, other))
        try fixture.run(format: .csv)
        return fixture
    }

    private func request(
        _ kind: Correction.Target, _ value: String, of asset: AssetName, in transaction: String? = nil,
        leg: UInt32? = nil, _ scope: CorrectionRequest.Scope
    ) -> CorrectionRequest {
        let target = CorrectionRequest.Target(
            kind: kind, value: value, asset: asset, transaction: transaction.map { Array($0.utf8) }, leg: leg)
        return CorrectionRequest(change: .make(target), scope: scope, author: "ann", reason: "known better")
    }

    private func undo(_ command: String, _ scope: CorrectionRequest.Scope) -> CorrectionRequest {
        CorrectionRequest(change: .undo(command), scope: scope, author: "bob", reason: "was wrong")
    }

    private func corrector(_ fixture: ImportFixture) -> Corrector {
        Corrector(
            log: fixture.log, projected: ProjectedPrefix(log: fixture.log, offset: fixture.projectedOffset),
            owner: "me",
            wallClock: WallClock { 2_000_000 },
            retry: RetryPolicy(
                limits: fixture.limits, clock: .system, stop: fixture.stop,
                logger: Logger(service: "test", level: .error)))
    }

    @discardableResult
    private func run(
        _ request: CorrectionRequest, as command: String = "c-1", on fixture: ImportFixture
    ) throws -> Corrector.Outcome {
        let corrector = corrector(fixture)
        return try corrector.correct(request, try corrector.wallets(of: request), newCommand: command)
    }

    private func corrections(_ fixture: ImportFixture) throws -> [Event.Body] {
        try fixture.events().map(\.event.body).filter { [.correctionMade, .correctionUndone].contains($0.kind) }
    }

    @Test("A correction keeps what was said, by whom and why, in its wallet's stream alone", arguments: [0, 1_000])
    func made(projectedOffset: Int64) throws {
        let fixture = try fixture()
        fixture.projectedOffset = projectedOffset
        let outcome = try run(
            request(.basis, "12.50", of: Self.kick, in: "tx-3", .wallet(Self.solana)), on: fixture)
        #expect(outcome.command == "c-1" && Array(outcome.appended.keys) == [Self.solana])
        let expected = Correction(
            command: "c-1", target: .basis, asset: Self.kick, transaction: Array("tx-3".utf8), value: "12.50",
            author: "ann", reason: "known better")
        #expect(try corrections(fixture) == [.correctionMade(expected)])
        let record = try #require(fixture.log.stored(.walletTransactions).last { $0.record.kind == .correctionMade })
        #expect(record.record.key == Self.solana.logKey && record.record.source == Corrector.source)
    }

    @Test("A second correction of the same thing is an error until the first is undone, and an undoing happens once")
    func second() throws {
        let fixture = try fixture()
        let zero = request(.basis, "zero", of: Self.kick, in: "tx-3", .wallet(Self.solana))
        try run(zero, on: fixture)
        let same = try #require(throws: IngestError.self) { try run(zero, as: "c-2", on: fixture) }
        #expect(same.code == .invalidCorrection && same.description.contains("c-1 of ann"))
        let leg = request(.basis, "market", of: Self.kick, in: "tx-3", leg: 0, .wallet(Self.solana))
        #expect(throws: IngestError.self) { try run(leg, as: "c-2", on: fixture) }
        #expect(try run(undo("c-1", .wallet(Self.solana)), on: fixture).command == "undo-c-1")
        let twice = try #require(throws: IngestError.self) {
            try run(undo("c-1", .wallet(Self.solana)), on: fixture)
        }
        #expect(twice.description.contains("undone already"))
        try run(zero, as: "c-3", on: fixture)
        #expect(try corrections(fixture).map(\.kind) == [.correctionMade, .correctionUndone, .correctionMade])
    }

    @Test("What is not there is named: wallet, token, transaction, leg, lot, command")
    func unknown() throws {
        let fixture = try fixture()
        let nobody = WalletKey(chain: .base, address: Self.ethereum.address)
        let wrong: [(CorrectionRequest, String)] = [
            (request(.spam, "on", of: Self.token, .wallet(nobody)), "nothing is known of this wallet"),
            (request(.spam, "on", of: Self.kick, .wallet(Self.ethereum)), "does not have this token"),
            (request(.price, "2", of: Self.token, in: "tx-9", .wallet(Self.ethereum)), "no transaction of that name"),
            (request(.price, "2", of: Self.token, in: "tx-1", leg: 1, .wallet(Self.ethereum)), "that leg"),
            (request(.basis, "zero", of: Self.token, in: "tx-1", .wallet(Self.ethereum)), "received no lot"),
            (request(.basis, "zero", of: Self.token, in: "tx-2", .wallet(Self.ethereum)), "received no lot"),
            (request(.spam, "on", of: .address(Self.ethereum.address), .everywhere(.ethereum)), "no wallet's history"),
            (undo("c-9", .wallet(Self.ethereum)), "nothing to undo"),
            (undo("c-9", .everywhere(nil)), "nothing to undo"),
        ]
        for (request, reason) in wrong {
            let error = try #require(throws: IngestError.self) { try run(request, on: fixture) }
            #expect(error.code == .invalidCorrection && error.description.contains(reason), "\(error)")
        }
        #expect(try corrections(fixture).isEmpty)
    }

    @Test("Values that mean nothing are refused before anything is looked at")
    func values() {
        let wrong: [(Correction.Target, String, AssetName, String?)] = [
            (.spam, "maybe", Self.kick, nil), (.spam, "on", .absent, nil), (.basis, "cheap", Self.kick, "tx-3"),
            (.basis, "-1", Self.kick, "tx-3"), (.basis, "5", Self.kick, nil), (.basis, "1e30", Self.kick, "tx-3"),
            (.price, "0", Self.kick, nil), (.price, "-2", Self.kick, nil), (.price, "market", Self.kick, nil),
        ]
        for (kind, value, asset, transaction) in wrong {
            let target = CorrectionRequest.Target(
                kind: kind, value: value, asset: asset, transaction: transaction.map { Array($0.utf8) })
            #expect(throws: IngestError.self, "\(kind) \(value)") { try target.checkValue() }
        }
    }

    @Test("Everywhere is every wallet that has the token, run again where it is missing", arguments: [0, 1_000])
    func everywhere(projectedOffset: Int64) throws {
        let fixture = try fixture()
        fixture.projectedOffset = projectedOffset
        let mark = request(.spam, "on", of: Self.kick, .everywhere(.solana))
        let first = try run(mark, as: "everywhere-1", on: fixture)
        #expect(Set(first.appended.keys) == [Self.solana, Self.otherSolana])
        let again = try run(mark, as: "everywhere-2", on: fixture)
        #expect(again.command == "everywhere-1" && again.appended.isEmpty && again.known.count == 2)

        let late = LedgerText.received.replacing(PageText.wallet, with: PageText.token)
        try fixture.write("b.csv", LedgerText.file(late))
        try fixture.run("b.csv", format: .csv)
        let third = try run(mark, as: "everywhere-3", on: fixture)
        #expect(third.command == "everywhere-1" && third.appended.count == 1 && third.known.count == 2)

        let undone = try run(undo("everywhere-1", .everywhere(nil)), on: fixture)
        #expect(undone.appended.count == 3)
        #expect(throws: IngestError.self) { try run(undo("everywhere-1", .everywhere(nil)), on: fixture) }
        #expect(try run(mark, as: "everywhere-4", on: fixture).command == "everywhere-4")
    }

    @Test("Everywhere leaves out the wallets that say otherwise, and names them")
    func conflicts() throws {
        let fixture = try fixture()
        try run(request(.spam, "off", of: Self.kick, .wallet(Self.solana)), on: fixture)
        let outcome = try run(
            request(.spam, "on", of: Self.kick, .everywhere(.solana)), as: "everywhere-1", on: fixture)
        #expect(Array(outcome.appended.keys) == [Self.otherSolana])
        #expect(outcome.conflicts.count == 1 && outcome.conflicts[0].contains(Self.solana.text))
        try run(undo("c-1", .wallet(Self.solana)), on: fixture)
        try run(request(.spam, "on", of: Self.kick, .wallet(Self.solana)), as: "c-2", on: fixture)
        let agreeing = try run(
            request(.spam, "on", of: Self.kick, .everywhere(.solana)), as: "everywhere-2", on: fixture)
        #expect(agreeing.conflicts.isEmpty && agreeing.known.count == 2 && agreeing.appended.isEmpty)
    }

    @Test("An amount for several lots of one transaction needs the leg")
    func legs() throws {
        let fixture = try ImportFixture()
        let header = LedgerText.header + ",act\n"
        let rows = (0...1).map { act in
            "2025-01-03T12:00:00Z,solana,\(PageText.wallet),tx-3,receive,in,\(PageText.token),KICK,7.5,,,\(act)\n"
        }
        try fixture.write("a.csv", Array((header + rows.joined()).utf8))
        try fixture.run(format: .csv)
        let amount = request(.basis, "5", of: Self.kick, in: "tx-3", .wallet(Self.solana))
        let error = try #require(throws: IngestError.self) { try run(amount, on: fixture) }
        #expect(error.description.contains("one of 0, 1"))
        try run(request(.basis, "5", of: Self.kick, in: "tx-3", leg: 1, .wallet(Self.solana)), on: fixture)
        try run(request(.basis, "6", of: Self.kick, in: "tx-3", leg: 0, .wallet(Self.solana)), as: "c-2", on: fixture)
        #expect(try corrections(fixture).count == 2)
    }
}
