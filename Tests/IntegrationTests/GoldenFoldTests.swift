import Accounting
import ReadModels
import TestSupport
import Testing

@testable import Projector

/// Numbers never change silently: another hash needs another identity (I7).
@Suite("Golden fold")
struct GoldenFoldTests {
    /// State hash of the recorded pages of `Examples`, by identity. Lines are only ever added: a changed number or
    /// table raises the rule set's version or `GenerationIdentity.currentLayoutVersion`.
    private static let hashes = [
        "r1.1 layout 1": "e35a68dcbf6a2fad8913b43bb7c537c20cf2e707984e66a5516965c32b0dc7ea",
        "r2.1 layout 1": "01523f84b3d0716a2f596c8922ed3818e90ad644fef8eb12ad20893a50a51b37",
    ]

    @Test("The examples fold to the pinned state", arguments: RuleSets.names)
    func examples(ruleSet: String) throws {
        let identity = GenerationIdentity(ruleSet: try #require(RuleSets.named(ruleSet)).identity)
        let expected = try #require(Self.hashes[identity.description], "no hash is pinned for \(identity)")
        let installation = try Installation(server: .shared, ruleSet: ruleSet)
        try Programs(installation).importPages(try PackageRoot.file("Examples"))
        try installation.project()
        let hash = try installation.hash()
        #expect(hash == expected, "\(identity) folds the examples to another state, \(hash)")
    }
}
