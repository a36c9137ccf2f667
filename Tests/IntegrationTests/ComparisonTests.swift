import Foundation
import TestSupport
import Testing

/// The committed page on what changes from r1 to r2 is what the command prints of the recorded pages.
@Suite("r1 against r2")
struct ComparisonTests {
    @Test("The committed table is what the command prints of the examples, and every difference has a reason")
    func table() throws {
        let installation = try Installation(server: .shared, ruleSet: "r2")
        try Programs(installation).importPages(try PackageRoot.file("Examples"))
        try installation.project()
        let output = try Subprocess.run(
            PackageRoot.executable("projector"), ["compare-rules"],
            environment: ["DATABASE_URL": installation.url("pnl_projector")])
        #expect(output.status == 0, "\(output.standardError)")
        #expect(!output.standardOutput.contains("unexplained"))
        let committed = try String(contentsOfFile: PackageRoot.file("docs/r1-against-r2.md"), encoding: .utf8)
        #expect(output.standardOutput == committed, "regenerate docs/r1-against-r2.md: see its first line")
        let wallets = output.standardOutput.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(wallets.count == 6)
        let first = try #require(wallets.first).dropFirst(3)
        let one = try Subprocess.output(
            PackageRoot.executable("projector"), ["compare-rules", "--wallet", String(first)],
            environment: ["DATABASE_URL": installation.url("pnl_projector")])
        #expect(committed.hasPrefix(one.trimmingCharacters(in: .newlines)))
    }
}
