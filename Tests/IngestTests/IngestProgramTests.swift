import Events
import Runtime
import Synchronization
import Testing

@testable import Ingest

@Suite("The program says what it did")
struct IngestProgramTests {
    private func report(_ outcome: ImportService.Outcome, asJSON: Bool = false) -> (Int32, String, String) {
        let texts = Mutex(("", ""))
        let console = Console(
            output: { text in texts.withLock { $0.0 += text } }, error: { text in texts.withLock { $0.1 += text } })
        let code = IngestProgram.report(outcome, status: 0, asJSON: asJSON, console)
        return texts.withLock { (code, $0.0, $0.1) }
    }

    private func outcome(_ change: (inout ImportTally) -> Void) throws -> ImportService.Outcome {
        var outcome = ImportService.Outcome()
        var tally = ImportTally()
        change(&tally)
        let wallet = WalletKey(chain: .solana, address: try #require(Address(text: PageText.wallet, chain: .solana)))
        outcome.summary.wallets[wallet] = tally
        outcome.summary.fileCount = 1
        outcome.summary.isComplete = true
        return outcome
    }

    @Test("All in the log is 0, a refusal 3, an unfinished import 1, an unreadable file 2")
    func codes() throws {
        #expect(report(try outcome { $0.transactions.new = 2 }).0 == 0)
        #expect(report(try outcome { $0.refused.new = 1 }).0 == 3)
        #expect(report(try outcome { $0.refused.known = 1 }).0 == 3)
        var unfinished = try outcome { $0.transactions.new = 2 }
        unfinished.failure = IngestError(.unavailable, "away")
        unfinished.summary.isComplete = false
        let (code, output, error) = report(unfinished)
        #expect(
            code == 1 && output.contains("solana:") && output.contains("Not finished")
                && error.contains("2 events were acknowledged"))
        unfinished.failure = IngestError(.unreadableInput, "x.json: byte 5")
        let (unreadable, nothing, reason) = report(unfinished)
        #expect(unreadable == 2 && nothing.isEmpty && reason.contains("x.json: byte 5"))
    }

    @Test("The summary can be read by programs")
    func json() throws {
        let (_, output, _) = report(
            try outcome {
                $0.transactions = ImportTally.Counts(new: 1, changed: 2, known: 3)
                $0.payloads = 3
            }, asJSON: true)
        #expect(
            output.hasPrefix(
                #"{"files":1,"complete":true,"wallets":[{"chain":"solana","wallet":"\#(PageText.wallet)","#
                    + #""transactions":{"new":1,"changed":2,"known":3},"#
            ))
        #expect(output.hasSuffix("}\n"))
    }

    @Test("Wallet and chain of the command line are checked")
    func defaults() throws {
        #expect(throws: ConfigurationError.self) { try ImportArguments.pageDefaults(wallet: nil, chain: "polygon") }
        #expect(throws: ConfigurationError.self) { try ImportArguments.pageDefaults(wallet: "me", chain: nil) }
        #expect(throws: ConfigurationError.self) {
            try ImportArguments.pageDefaults(wallet: PageText.wallet, chain: "base")
        }
        #expect(
            try ImportArguments.pageDefaults(wallet: PageText.wallet, chain: "SOL")
                == PageDefaults(wallet: PageText.wallet, chain: .solana))
    }

    @Test("A tally seen after an earlier attempt counts what that one appended as appended")
    func continued() {
        let earlier = ImportTally.Counts(new: 2, changed: 1, known: 4)
        let later = ImportTally.Counts(new: 5, changed: 0, known: 7)
        #expect(later.continued(after: earlier) == ImportTally.Counts(new: 7, changed: 1, known: 4))
    }
}
