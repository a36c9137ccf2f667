import Events
import Runtime

/// What a command line asks to correct, checked as far as that goes without looking at the log.
enum CorrectArguments {
    /// Throws `UsageError`, `ConfigurationError` or `invalidCorrection`.
    static func request(_ values: SettingValues, _ words: [String]) throws -> CorrectionRequest {
        let chain = try values[CorrectSettings.chain].map(ImportArguments.chain)
        let wallet = try values[CorrectSettings.wallet].map { try Self.wallet($0, chain) }
        let change: CorrectionRequest.Change
        if let command = values[CorrectSettings.undo] {
            guard words.isEmpty, values[CorrectSettings.token] == nil else {
                throw UsageError("correct: --undo takes back what its command said, and nothing is said beside it")
            }
            change = .undo(command)
        } else {
            guard let chain = wallet?.chain ?? chain else {
                throw UsageError("correct: --chain is needed, since there is no --wallet")
            }
            change = .make(try target(values, words, chain))
        }
        return CorrectionRequest(
            change: change, scope: try scope(values, wallet, chain, change),
            author: try text(values, CorrectSettings.author), reason: try text(values, CorrectSettings.reason))
    }

    private static func scope(
        _ values: SettingValues, _ wallet: WalletKey?, _ chain: Chain?, _ change: CorrectionRequest.Change
    ) throws -> CorrectionRequest.Scope {
        let isEverywhere = values[CorrectSettings.everywhere]
        if let wallet {
            guard !isEverywhere else { throw UsageError("correct: --wallet or --everywhere, not both") }
            return .wallet(wallet)
        }
        if case .make(let target) = change {
            guard isEverywhere else { throw UsageError("correct: --wallet or --everywhere is needed") }
            guard target.kind == .spam else { throw UsageError("correct: only a spam mark can be set everywhere") }
        }
        return .everywhere(chain)
    }

    private static func target(
        _ values: SettingValues, _ words: [String], _ chain: Chain
    ) throws -> CorrectionRequest.Target {
        guard words.count == 2, let kind = Correction.Target(rawValue: words[0]) else {
            throw UsageError("correct: say spam on|off, basis zero|market|AMOUNT, price AMOUNT, or --undo COMMAND")
        }
        guard let token = values[CorrectSettings.token] else { throw UsageError("correct: --token is needed") }
        let transaction = values[CorrectSettings.transaction].map { Array($0.utf8) }
        guard kind != .spam || transaction == nil else {
            throw UsageError("correct: a spam mark is about a token as a whole, not about a --transaction")
        }
        let leg = values[CorrectSettings.leg]
        guard transaction != nil || leg < 0 else { throw UsageError("correct: a --leg is one of a --transaction") }
        let target = CorrectionRequest.Target(
            kind: kind, value: words[1], asset: try asset(token, chain), transaction: transaction,
            leg: leg < 0 ? nil : UInt32(leg))
        try target.checkValue()
        return target
    }

    private static func asset(_ text: String, _ chain: Chain) throws -> AssetName {
        if text == "native" { return .absent }
        if let address = Address(text: text, chain: chain) { return .address(address) }
        throw ConfigurationError(
            key: "token", value: text, bound: "an address on \(chain.name), or native", source: .option("--token"))
    }

    /// An address, or `chain:address` as wallets are printed.
    private static func wallet(_ text: String, _ chain: Chain?) throws -> WalletKey {
        if let wallet = WalletKey(logKey: Array(text.utf8)[...]), chain == nil || chain == wallet.chain {
            return wallet
        }
        let chains = chain.map { [$0] } ?? Chain.allCases
        let wallets = chains.compactMap { chain in
            Address(text: text, chain: chain).map { WalletKey(chain: chain, address: $0) }
        }
        if wallets.count > 1 {
            throw UsageError(
                "correct: --chain is needed: the wallet may lie on "
                    + wallets.map(\.chain.name).joined(separator: ", "))
        }
        guard let wallet = wallets.first else {
            throw ConfigurationError(
                key: "wallet", value: text,
                bound: "an address on \(chains.map(\.name).joined(separator: " or "))", source: .option("--wallet"))
        }
        return wallet
    }

    private static func text(_ values: SettingValues, _ setting: Setting<String>) throws -> String {
        let text = values[setting]
        let limit = CorrectionRequest.maximumTextByteCount
        guard text.utf8.count <= limit, text.contains(where: { !$0.isWhitespace }) else {
            throw UsageError(
                "correct: --\(setting.declaration.name) must say something, in at most \(limit) bytes")
        }
        return text
    }
}
