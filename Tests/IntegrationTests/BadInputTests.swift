import Foundation
import TestSupport
import Testing

/// Bad input gets a clear error and loses nothing, seen from the command line to the read model.
@Suite("Bad input")
struct BadInputTests {
    @Test(
        "A file that is no page is refused whole, by name and place, and nothing of it is appended",
        arguments: [
            (text: "not JSON", place: "byte"), (text: #"{"data": [{"type": "transactions""#, place: "byte"),
            (text: #"{"positions": []}"#, place: "data"), (text: "", place: "empty"),
        ])
    func noPage(text: String, place: String) throws {
        let installation = try Installation(server: .shared)
        let page = try Self.write(text)
        let output = try Self.importing(page, into: installation)
        #expect(output.status == 2)
        #expect(output.standardError.contains(page), "\(output)")
        #expect(output.standardError.contains(place), "\(output)")
        #expect(try installation.rows("SELECT count(*) FROM log.records") == ["0"])
    }

    @Test("One bad transaction in a good page is refused with its reason, until a good decode supersedes it")
    func oneBadTransaction() throws {
        let installation = try Installation(server: .shared)
        let good = try String(contentsOfFile: PackageRoot.shared("real/kick_raw_zerion_txs.json"), encoding: .utf8)
        let amount = #""int": "4350342651441""#
        #expect(good.contains(amount))
        let bad = good.replacingOccurrences(of: amount, with: #""int": "-4350342651441""#)
        let output = try Self.importing(try Self.write(bad), into: installation)
        #expect(output.status == 3, "\(output)")
        try installation.project()
        let counts = "SELECT transactions, refused FROM pnl_g1.wallet_pnl"
        #expect(try installation.rows(counts) == ["13|1"])
        #expect(try installation.rows("SELECT sum(refused) FROM pnl_g1.summary") == ["1"])

        #expect(try Self.importing(try Self.write(good), into: installation).status == 0)
        try installation.project()
        #expect(try installation.rows(counts) == ["14|0"])
        #expect(try installation.rows("SELECT sum(refused) FROM pnl_g1.summary") == ["0"])
    }

    @Test("A quantity beyond 128 bits marks its asset in that wallet, and the rest of the wallet goes on")
    func unrepresentable() throws {
        let installation = try Installation(server: .shared)
        let page = try String(contentsOfFile: PackageRoot.shared("real/kick_raw_zerion_txs.json"), encoding: .utf8)
        let digits = String(repeating: "9", count: 70)
        let absurd = page.replacingOccurrences(
            of: #""int": "4350342651441""#, with: #""int": "\#(digits)""#)
        #expect(try Self.importing(try Self.write(absurd), into: installation).status == 0)
        try installation.project()
        #expect(
            try installation.rows("SELECT symbol, is_unrepresentable FROM pnl_g1.token_pnl ORDER BY symbol")
                == ["KICK|t", "SOL|f"])
        #expect(try installation.rows("SELECT transactions FROM pnl_g1.wallet_pnl") == ["14"])
    }

    @Test("NUL and invalid UTF-8 in a symbol are replaced and counted; the transaction counts")
    func replacedText() throws {
        let installation = try Installation(server: .shared)
        let page = try String(contentsOfFile: PackageRoot.shared("real/kick_raw_zerion_txs.json"), encoding: .utf8)
        let odd = page.replacingOccurrences(of: #""symbol": "KICK""#, with: #""symbol": "KI\u0000CK""#)
        #expect(odd != page)
        #expect(try Self.importing(try Self.write(odd), into: installation).status == 0)
        try installation.project()
        #expect(
            try installation.rows(
                """
                SELECT transactions, (convert_from(body, 'UTF8')::jsonb -> 'completeness' ->> 'replaced_texts')::int > 0
                FROM pnl_g1.wallet_pnl
                """) == ["14|t"])
        #expect(
            try installation.rows("SELECT count(*) FROM pnl_g1.token_pnl WHERE symbol = 'KI\u{fffd}CK'") == ["1"])
    }

    private static func write(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString).json").path
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    private static func importing(_ page: String, into installation: Installation) throws -> Subprocess.Output {
        try Subprocess.run(
            PackageRoot.executable("ingest"), ["import", "--pages", page],
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
    }
}
