import Accounting
import Events
import Foundation
import ReadModels
import TestSupport
import Testing

@testable import Projector

/// A wallet with a short history under r2, served.
final class PastStory {
    static let minute: Int64 = 60_000_000
    static let token = Scenario.address([9, 1])

    let installation: Installation
    let served: ServedInstallation
    let path: String
    private(set) var partition: Int32 = 0
    private let wallet = Scenario.wallet(1)
    private var scenario = Scenario(seed: 1)
    private var appended: Int64 = 0

    /// A purchase; a swap of half of it that nobody had valued; its late price; a correction of the latest price; its
    /// undoing.
    init() throws {
        installation = try Installation(server: .shared, ruleSet: "r2")
        served = try ServedInstallation(installation)
        path = "/api/v3/wallets/\(wallet.address.text(on: .solana))"
        try append(purchase(0, cost: 100))
        try append(unvaluedSwap())
        try append(
            .priceObserved(
                PriceObserved(
                    asset: .address(Self.token), time: 2 * Self.minute, source: "late", transaction: Self.hash(1),
                    price: DecimalNumber(coefficient: 30, exponent: 0))))
        var correction = Correction(
            command: "c1", target: .price, asset: .address(Self.token), value: "50", author: "ada",
            reason: "the pool was drained")
        try append(.correctionMade(correction))
        (correction.command, correction.undoes) = ("c2", "c1")
        (correction.author, correction.reason) = ("bob", "it was not")
        try append(.correctionUndone(correction))
    }

    /// Purchases of ten for each of the prices, then a sale of ten for 250.
    init(prices: [Int]) throws {
        installation = try Installation(server: .shared, ruleSet: "r2")
        served = try ServedInstallation(installation)
        path = "/api/v3/wallets/\(wallet.address.text(on: .solana))"
        for (index, price) in prices.enumerated() { try append(purchase(index, cost: price)) }
        try append(trade(prices.count, isPurchase: false, quantity: 10, dollars: 250))
    }

    /// Appends an event as the next of the log, and projects it.
    func append(_ body: Event.Body) throws {
        let event = try scenario.seal(body, 1, wallet)
        let positions = try installation.append(records: [
            event.record(key: wallet.logKey, source: "test", time: Self.time(of: appended))
        ])
        partition = try #require(positions.first).partition
        appended += 1
        try installation.project()
    }

    /// Appends what no build can read, and projects it.
    func appendPoison() throws {
        let event = try scenario.seal(purchase(9, cost: 1), 1, wallet)
        var record = event.record(key: wallet.logKey, source: "test", time: Self.time(of: appended))
        record.value = [0xFF, 0xFF, 0xFF]
        try installation.append(records: [record])
        appended += 1
        try installation.project()
    }

    /// Has a wallet tracked of which nothing else is known.
    func track(_ wallet: WalletKey) throws {
        let command = WalletCommand(command: "t1", author: "ada", reason: "")
        try installation.append([(wallet, try scenario.seal(.walletTracked(command), 1, wallet))])
        try installation.project()
    }

    /// A second generation with the same wallets becomes the live one.
    func flip() throws {
        let sql = try String(contentsOfFile: PackageRoot.file("schemas/generation.sql"), encoding: .utf8)
        _ = try installation.rows(sql.replacingOccurrences(of: "{schema}", with: "pnl_g2"))
        let columns = GenerationTable.walletPnl.columns.joined(separator: ", ")
        _ = try installation.rows(
            """
            INSERT INTO base.generations (number, rule_set, rule_set_version, layout_version, state, created_at)
            SELECT 2, rule_set, rule_set_version, layout_version, 'building', 0 FROM base.generations WHERE number = 1;
            INSERT INTO pnl_g2.wallet_pnl (\(columns)) SELECT \(columns) FROM pnl_g1.wallet_pnl;
            UPDATE base.live SET generation = 2;
            """)
    }

    /// When the event of that number was appended, microseconds since the epoch.
    static func time(of number: Int64) -> Int64 { (number + 1) * 1_000_000_000 }

    static func hash(_ index: Int) -> [UInt8] { Array("transaction-\(index)".utf8) }

    /// The place of the event of that number.
    func position(_ number: Int64) -> String { "\(partition):\(number)" }

    func answer(_ query: String) throws -> [String: Any] { try served.get(path + query) }

    func realised(_ query: String) throws -> String? { try figure("realized_usd", query) }

    func unrealised(_ query: String) throws -> String? { try figure("unrealized_usd", query) }

    private func figure(_ name: String, _ query: String) throws -> String? {
        let data = try answer(query)["data"] as? [String: Any]
        let parts = (data?["portfolio"] as? [String: Any])?["parts"] as? [String: Any]
        return (parts?["tokens"] as? [String: Any])?[name] as? String
    }

    /// Ten of the token for so many dollars.
    func purchase(_ index: Int, cost: Int) -> Event.Body {
        trade(index, isPurchase: true, quantity: 10, dollars: cost)
    }

    private func trade(_ index: Int, isPurchase: Bool, quantity: Int, dollars: Int) -> Event.Body {
        let token = Leg(
            act: "0", direction: isPurchase ? .incoming : .outgoing, asset: .address(Self.token), symbol: "T",
            amount: Amount(low: UInt128(quantity)), decimals: 0)
        let payment = Leg(
            act: "0", direction: isPurchase ? .outgoing : .incoming, asset: .address(Scenario.usdc), symbol: "USDC",
            amount: Amount(low: UInt128(dollars) * 1_000_000), decimals: 6,
            value: DecimalNumber(coefficient: Int128(dollars), exponent: 0))
        return transaction(index, [token, payment])
    }

    /// Half of it for another token, without a value on either side.
    private func unvaluedSwap() -> Event.Body {
        let other = AssetName.address(Scenario.address([9, 2]))
        return transaction(
            1,
            [
                Leg(
                    act: "0", direction: .outgoing, asset: .address(Self.token), symbol: "T", amount: Amount(low: 5),
                    decimals: 0),
                Leg(act: "0", direction: .incoming, asset: other, symbol: "U", amount: Amount(low: 7), decimals: 0),
            ])
    }

    private func transaction(_ index: Int, _ legs: [Leg]) -> Event.Body {
        .transactionObserved(
            TransactionObserved(
                identity: TransactionIdentity(hash: Self.hash(index)), minedAt: Int64(index + 1) * Self.minute,
                operation: .trade, legs: legs))
    }
}
