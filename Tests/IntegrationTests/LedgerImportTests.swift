import Accounting
import Crypto
import Events
import Foundation
import ReadModels
import TestSupport
import Testing

@testable import Projector

/// Every published case through the shipped importer, the log and the projector (domain.md 11.2 and 12.1): first in,
/// first out is read back from the read model, what has no table yet is folded from the events that were stored.
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
            if published.method == "fifo", published.since == nil {
                figuresOverHTTP += try Self.compare(published, wallet, numbers, stored, served)
            }
        }
        #expect(figuresOverHTTP > 60)
        let compared = try Subprocess.run(
            PackageRoot.executable("projector"), ["compare-rules"],
            environment: ["DATABASE_URL": installation.url("pnl_projector")])
        #expect(compared.status == 0 && !compared.standardOutput.contains("unexplained"), "\(compared)")
    }

    /// Compares the expected figures with the lines that are served: tokens over HTTP, quote assets, which the old
    /// routes leave out, in the read model. Returns how many came over HTTP.
    private static func compare(
        _ published: RuleSetCase, _ wallet: WalletKey, _ numbers: WalletNumbers, _ stored: StoredWallets,
        _ served: ServedInstallation
    ) throws -> Int {
        var count = 0
        for (symbol, figures) in published.expect.assets ?? [:] {
            let token = try #require(numbers.tokens.first { $0.symbol == symbol })
            let owner = wallet.address.text(on: wallet.chain)
            let line =
                token.isExcluded
                ? try stored.line(of: token.asset, wallet)
                : ServedToken(try served.token(token.asset.text(on: wallet.chain), of: owner))
            for (name, figure) in figures where ServedToken.has(name) {
                try line.check(
                    name, figure ?? .none, toCents: published.cents == true, "\(published.id) \(symbol)")
                count += token.isExcluded ? 0 : 1
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
    /// A token's line of a wallet.
    fileprivate func token(_ address: String, of wallet: String) throws -> [String: Any] {
        let data = try get("/api/results/\(wallet)/\(address)")["data"] as? [String: Any]
        let portfolio = data?["portfolio_result"] as? [String: Any]
        return try #require((portfolio?["token_results"] as? [[String: Any]])?.first, "\(wallet) \(address)")
    }
}
