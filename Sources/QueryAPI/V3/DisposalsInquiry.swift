import Accounting
import Events
import JSON

/// Which disposals are asked for.
struct DisposalFilter: Sendable, Hashable {
    /// What took the quantity away, as parameters name it.
    enum Kind: String, Sendable, CaseIterable {
        case any
        case swap
        case fee
        case send
    }

    var asset: Address?
    var kind = Kind.any

    func admits(_ disposal: Disposal) -> Bool {
        (asset == nil || asset == disposal.asset) && (kind == .any || kind.rawValue == disposal.kind.name)
    }
}

extension WalletInquiry {
    /// `/api/v3/wallets/{wallet}/disposals`: newest first, each with its lots.
    func disposals(_ filter: DisposalFilter, _ reader: PastReader) -> Question {
        past(reader, "v3 disposals") { past in
            let disposals = past.numbers.disposals.reversed().filter(filter.admits)
            let range = try page.range(of: disposals.count)
            let tokens = TokenNames(past)
            return try past.answer(self, reservingByteCount: 2048 + 1500 * range.count) { json in
                json.list("disposals", next: past.cursor(behind: range, of: disposals.count)) { json in
                    for disposal in disposals[range] { disposal.append(tokens, to: &json) }
                }
                json.key("disposals_total")
                json.integer(disposals.count)
            }
        }
    }

    /// `/api/v3/wallets/{wallet}/lots`: what is left of acquisitions, by asset, oldest first.
    func lots(of asset: Address?, _ reader: PastReader) -> Question {
        past(reader, "v3 lots") { past in
            let lots = past.openLots(of: asset)
            let range = try page.range(of: lots.count)
            let tokens = TokenNames(past)
            return try past.answer(self, reservingByteCount: 2048 + 400 * range.count) { json in
                json.list("lots", next: past.cursor(behind: range, of: lots.count)) { json in
                    for entry in lots[range] { entry.lot.append(of: entry.asset, tokens, to: &json) }
                }
                json.key("lots_total")
                json.integer(lots.count)
            }
        }
    }
}

extension PastWallet {
    /// The open lots of one asset or of all, by asset, oldest first.
    func openLots(of asset: Address? = nil) -> [(asset: Address, lot: OpenLot)] {
        let assets = numbers.openLots.keys.filter { asset == nil || $0 == asset }.sorted()
        return assets.flatMap { asset in (numbers.openLots[asset] ?? []).map { (asset, $0) } }
    }
}

/// Symbols and decimals of a wallet's assets, for rows that name them.
struct TokenNames: Sendable {
    let chain: Chain
    private let tokens: [Address: TradedToken]

    init(_ past: PastWallet) {
        chain = past.chain
        tokens = Dictionary(
            past.numbers.tokens.map { token in
                (
                    token.asset,
                    TradedToken(
                        wallet: past.wallet, asset: token.asset, symbol: token.symbol, decimals: Int(token.decimals))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Symbol of an asset; empty for one that has no figures.
    func symbol(of asset: Address) -> String { tokens[asset]?.symbol ?? "" }

    /// Base units a whole unit.
    func decimals(of asset: Address) -> Int { tokens[asset]?.decimals ?? 0 }

    /// Writes the two members that name an asset.
    func append(_ asset: Address, to json: inout JSONWriter) {
        json.key("token_address")
        json.string(asset.text(on: chain))
        json.key("token_symbol")
        json.string(symbol(of: asset))
    }
}
