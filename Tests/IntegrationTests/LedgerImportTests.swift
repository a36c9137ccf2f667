import Accounting
import Crypto
import Events
import Foundation
import ReadModels
import TestSupport
import Testing

@testable import Projector

/// Every published case through the shipped importer, the log and the projector, read back over HTTP under its method
/// (domain.md 11.2 and 12.1); disposals and lots also from the read model and from the stored events.
@Suite("Published cases through the pipeline")
struct LedgerImportTests {
    @Test("Every case comes out of one installation with its figures")
    func cases() throws {
        let installation = try Installation(server: .shared, ruleSet: "r2")
        let folder = FileManager.default.temporaryDirectory.appending(path: "ledgers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var wallets: [String: WalletKey] = [:]
        for published in RuleSetCase.all where wallets[published.file] == nil {
            wallets[published.file] = try Self.write(published.file, to: folder)
        }
        #expect(wallets.count >= 37)
        let output = try Subprocess.run(
            PackageRoot.executable("ingest"), ["import", "--format", "csv", folder.path],
            environment: ["DATABASE_URL": installation.url("pnl_appender")])
        #expect(output.status == 0, "\(output)")
        try installation.project()
        #expect(try installation.rows("SELECT count(*) FROM pnl_g1.parked_wallets") == ["0"])
        let stored = try StoredWallets(installation)
        let served = try ServedInstallation(installation)
        var figuresOverHTTP = 0
        for published in RuleSetCase.all {
            let wallet = try #require(wallets[published.file])
            let history = try stored.history(of: wallet)
            let method = try #require(CostBasisMethod(rawValue: published.method))
            let check = CaseCheck(numbers: try R2.fold(history, method: method), published: published)
            try check.assets()
            try check.disposals()
            try check.lots()
            try check.costsHeld(after: history.events.compactMap(\.transaction), of: wallet)
            let numbers = try R2.fold(history)
            try stored.compare(numbers, wallet)
            if published.since == nil {
                figuresOverHTTP += try Self.compare(published, wallet, check.numbers, served)
            }
        }
        #expect(figuresOverHTTP >= 119)
        let compared = try Subprocess.run(
            PackageRoot.executable("projector"), ["compare-rules"],
            environment: ["DATABASE_URL": installation.url("pnl_projector")])
        #expect(compared.status == 0 && !compared.standardOutput.contains("unexplained"), "\(compared)")
    }

    /// Compares the expected figures with the lines that are served for the case's method, and returns how many.
    private static func compare(
        _ published: RuleSetCase, _ wallet: WalletKey, _ numbers: WalletNumbers, _ served: ServedInstallation
    ) throws -> Int {
        var count = 0
        for (symbol, figures) in published.expect.assets ?? [:] {
            let token = try #require(numbers.tokens.first { $0.symbol == symbol })
            let line = try served.token(token.asset, of: wallet, method: published.method)
            for (name, figure) in figures {
                try line.check(
                    name, figure ?? .none, toCents: published.cents == true, "\(published.id) \(symbol)")
                count += 1
            }
        }
        return count
    }

    /// Copies a ledger, its wallet replaced by one that no other ledger has, and returns that wallet.
    private static func write(_ file: String, to folder: URL) throws -> WalletKey {
        let text = String(decoding: try SharedFile.bytes("cases/\(file)"), as: UTF8.self)
        let rows = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let cells = try #require(rows.first { !$0[2].isEmpty })
        let name = String(cells[2])
        let digest = SHA256.digest(of: Array(file.utf8)).bytes.prefix(20)
        let address = try #require(Address(bytes: Array(digest)))
        let told = text.replacingOccurrences(of: name, with: address.text(on: .ethereum))
        try told.write(to: folder.appending(path: file), atomically: false, encoding: .utf8)
        let chain = try #require(Chain(alias: cells[1]))
        return WalletKey(chain: chain, address: address)
    }
}

extension RecordedEvent {
    /// The transaction that the event tells of.
    fileprivate var transaction: TransactionObserved? {
        if case .transactionObserved(let transaction) = event.body { transaction } else { nil }
    }
}

extension ServedInstallation {
    /// The line of a wallet's asset under a method.
    fileprivate func token(_ asset: Address, of wallet: WalletKey, method: String) throws -> ServedToken {
        let name = asset.count == 0 ? "native" : asset.text(on: wallet.chain)
        let path = "/api/v3/wallets/\(wallet.address.text(on: wallet.chain))/tokens/\(name)?method=\(method)"
        let data = try get(path)["data"] as? [String: Any]
        return ServedToken(try #require(data?["token"] as? [String: Any], "\(path)"))
    }
}
