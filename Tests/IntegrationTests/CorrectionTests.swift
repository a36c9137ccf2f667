import Foundation
import Glibc
import TestSupport
import Testing

/// Corrections from the command line to the served figures and back (design.md, I12).
@Suite("Corrections end to end")
struct CorrectionTests {
    private static let token = "0x73746f636b777777777777777777777777777777"
    private static let usdc = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
    private static let wallets = ["a1", "b2", "c3"].map { "0x" + String(repeating: $0, count: 20) }

    /// Each wallet receives 10 of the token worth 4 each, and sells 5 for 30.
    private static let ledger: String = {
        let header = "time,chain,wallet,transaction,operation,direction,asset,symbol,quantity,price_usd,value_usd\n"
        let rows = wallets.flatMap { wallet in
            [
                "2025-01-01T00:00:00Z,ethereum,\(wallet),got,receive,in,\(token),STOCK,10,4,40",
                "2025-01-02T00:00:00Z,ethereum,\(wallet),sold,trade,out,\(token),STOCK,5,,",
                "2025-01-02T00:00:00Z,ethereum,\(wallet),sold,trade,in,\(usdc),USDC,30,1,30",
            ]
        }
        let price = "2025-01-03T00:00:00Z,ethereum,,,price,,\(token),,,7,"
        return header + (rows + [price]).joined(separator: "\n")
    }()

    private func installation() throws -> Installation {
        let installation = try Installation(server: .shared, ruleSet: "r2")
        let file = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Self.ledger.write(to: file, atomically: false, encoding: .utf8)
        let output = try Subprocess.run(
            PackageRoot.executable("ingest"), ["import", "--format", "csv", file.path],
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
        #expect(output.status == 0, "\(output)")
        try installation.project()
        return installation
    }

    private func correct(_ installation: Installation, _ arguments: [String]) throws -> Subprocess.Output {
        try Subprocess.run(
            PackageRoot.executable("ingest"), ["correct", "--author", "ann", "--reason", "checked"] + arguments,
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
    }

    private static let first = ["--wallet", "ethereum:\(wallets[0])", "--token", token]

    /// Realised and unrealised of the token, and the total of the first wallet.
    private func figures(_ installation: Installation, _ wallet: Int = 0) throws -> [String] {
        let owner = "wallet = decode('\(Self.wallets[wallet].dropFirst(2))', 'hex')"
        return try installation.rows(
            """
            SELECT trim_scale(t.realised_pnl), trim_scale(t.unrealised_pnl), trim_scale(w.total_pnl), t.is_spam
            FROM pnl_g1.token_pnl t JOIN pnl_g1.wallet_pnl w USING (chain, wallet)
            WHERE t.asset = decode('\(Self.token.dropFirst(2))', 'hex') AND t.\(owner)
            """)
    }

    private func command(_ output: Subprocess.Output) throws -> String {
        let words = output.standardOutput.split(separator: " ", maxSplits: 2)
        return String(try #require(words.count > 1 ? words[1] : nil, "\(output)").dropLast())
    }

    @Test("A basis changes realised and unrealised, is printed before and after, and its undoing restores the state")
    func basis() throws {
        let installation = try installation()
        let projector = try Programs(installation).startProjector()
        let untouched = try installation.hash()
        #expect(try figures(installation) == ["0|0|0|f"])
        for (value, realised, unrealised) in [("zero", "30", "35"), ("market", "10", "15"), ("25", "17.5", "22.5")] {
            let made = try correct(
                installation, ["basis", value, "--transaction", "got"] + Self.first)
            #expect(made.status == 0 && !made.standardOutput.contains("pending"), "\(made)")
            let total = "\(Double(realised)! + Double(unrealised)!)".replacing(/\.0$/, with: "")
            #expect(try figures(installation) == ["\(realised)|\(unrealised)|\(total)|f"])
            for row in [["token before", "0", "0", "0"], ["token after", realised, unrealised, total]] {
                #expect(made.standardOutput.hasRow(row), "\(row) in \(made)")
            }
            #expect(made.standardOutput.hasRow(["wallet after", realised, unrealised, total]))
            #expect(try figures(installation, 1) == ["0|0|0|f"])
            let undone = try correct(installation, ["--undo", try command(made)] + Self.first.prefix(2))
            #expect(undone.status == 0, "\(undone)")
            #expect(try installation.hash() == untouched)
        }
        try projector.stop()
    }

    @Test("A stated price becomes the latest, or the price of one transaction's legs")
    func price() throws {
        let installation = try installation()
        let projector = try Programs(installation).startProjector()
        for (words, expected) in [
            (["basis", "market"], "10|15|25|f"), (["price", "9"], "10|25|35|f"),
            (["price", "6", "--transaction", "got"], "0|15|15|f"),
        ] {
            let made = try correct(installation, words + Self.first)
            #expect(made.status == 0 && !made.standardOutput.contains("pending"), "\(made)")
            #expect(try figures(installation) == [expected], "\(words)")
        }
        try projector.stop()
    }

    @Test("A spam mark everywhere reaches every wallet with the token, under one command, and is undone as one")
    func everywhere() throws {
        let installation = try installation()
        let untouched = try installation.hash()
        let everywhere = ["spam", "on", "--everywhere", "--chain", "ethereum", "--token", Self.token]
        let mark = try correct(
            installation, everywhere + ["--wait-milliseconds", "0"])
        #expect(mark.status == 0 && mark.standardOutput.contains("pending"), "\(mark)")
        #expect(mark.standardOutput.contains("appended to 3"), "\(mark)")
        try installation.project()
        for wallet in 0..<3 { #expect(try figures(installation, wallet).first?.hasSuffix("|t") == true) }
        let again = try correct(installation, everywhere)
        #expect(again.status == 0 && again.standardOutput.contains("appended to 0, there already in 3"), "\(again)")
        #expect(try command(again) == command(mark))
        let undone = try correct(
            installation, ["--undo", try command(mark), "--wait-milliseconds", "0"])
        #expect(undone.standardOutput.contains("appended to 3"), "\(undone)")
        try installation.project()
        #expect(try installation.hash() == untouched)
        #expect(
            try installation.rows("SELECT count(*) FROM log.records WHERE source = 'correction'") == ["6"])
    }

    @Test("What cannot be corrected is said, with status 2 or 64, and nothing is appended")
    func errors() throws {
        let installation = try installation()
        let wallet = "ethereum:\(Self.wallets[0])"
        let wrong: [(arguments: [String], status: Int32, reason: String)] = [
            (["spam", "on", "--wallet", wallet, "--token", Self.wallets[1]], 2, "does not have this token"),
            (
                ["basis", "zero", "--wallet", wallet, "--token", Self.token, "--transaction", "sold"], 2,
                "received no lot"
            ),
            (["basis", "zero", "--wallet", wallet, "--token", Self.token, "--transaction", "x"], 2, "no transaction"),
            (["--undo", "correction-1"], 2, "nothing to undo"),
            (["--undo", "correction-1", "--wallet", wallet], 2, "nothing to undo"),
            (["spam", "on", "--wallet", "base:\(Self.wallets[0])", "--token", Self.token], 2, "nothing is known"),
            (["spam", "maybe", "--wallet", wallet, "--token", Self.token], 64, "on or off"),
            (["spam", "on", "--wallet", Self.wallets[0], "--token", Self.token], 64, "--chain is needed"),
            (["price", "5", "--everywhere", "--chain", "base", "--token", Self.token], 64, "only a spam mark"),
            (["colour", "red", "--wallet", wallet, "--token", Self.token], 64, "say spam on|off"),
            (["spam", "on", "--wallet", wallet, "--token", "me"], 64, "an address on ethereum"),
        ]
        for (arguments, status, reason) in wrong {
            let output = try correct(installation, arguments)
            #expect(output.status == status && output.standardError.contains(reason), "\(arguments): \(output)")
        }
        let anonymous = try Subprocess.run(
            PackageRoot.executable("ingest"), ["correct", "--undo", "x"],
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
        #expect(anonymous.status == 78 && anonymous.standardError.contains("author"), "\(anonymous)")
        #expect(try installation.rows("SELECT count(*) FROM log.records WHERE source = 'correction'") == ["0"])
    }
}

extension Subprocess {
    /// Asks it to stop and expects that it does so in order.
    fileprivate func stop() throws {
        send(SIGTERM)
        let output = try wait()
        #expect(output.status == 0, "\(output)")
    }
}

extension String {
    /// Whether a line consists of these cells, separated by blanks.
    fileprivate func hasRow(_ cells: [String]) -> Bool {
        split(separator: "\n").contains { line in
            line.split(separator: " ").joined(separator: " ") == cells.joined(separator: " ")
        }
    }
}
