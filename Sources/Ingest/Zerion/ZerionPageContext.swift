import Events
import JSON

/// What a page and the command line say about the wallet and chain of transactions that do not say it themselves, and
/// where a refused transaction belongs that names neither.
struct ZerionPageContext {
    /// Addresses as written, the command line's before that of the page's own link.
    let wallets: [ArraySlice<UInt8>]
    private let defaultChain: Chain?

    init(page: JSONValue, defaults: PageDefaults) {
        defaultChain = defaults.chain
        wallets = [defaults.wallet.map { Array($0.utf8)[...] }, Self.linkedWallet(page)].compactMap(\.self)
    }

    /// `links.self` is `https://api.zerion.io/v1/wallets/{address}/transactions/?…`.
    private static func linkedWallet(_ page: JSONValue) -> ArraySlice<UInt8>? {
        guard let link = page.presentValue(forKey: "links")?.presentValue(forKey: "self"),
            let text = try? link.stringBytes()
        else { return nil }
        let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 7)
        guard let index = parts.firstIndex(where: { $0.elementsEqual("wallets".utf8) }), index + 1 < parts.count else {
            return nil
        }
        return parts[index + 1]
    }

    /// The chain that a transaction names, else the command line's.
    func chain(of transaction: JSONValue) throws(Refusal) -> Chain {
        let field = "relationships.chain.data.id"
        let named = transaction.presentValue(forKey: "relationships")?.presentValue(forKey: "chain")?
            .presentValue(forKey: "data")?.presentValue(forKey: "id")
        if let named {
            guard let chain = Chain(zerion: named) else {
                throw Refusal(named.kind == .string ? .unknownChain : .wrongShape, field, named)
            }
            return chain
        }
        guard let defaultChain else { throw Refusal(.missingField, field) }
        return defaultChain
    }

    /// Gives a stream to the refused transactions that have none: that of their wallet on their own chain, on the
    /// command line's, or on the chain of other transactions of that wallet in this page; one that names no wallet goes
    /// to the page's only one. What still has none is counted, but no event can be appended for it.
    func settle(_ page: inout ZerionPage) {
        guard page.transactions.contains(where: { $0.stream == nil }) else { return }
        let known = Set(page.transactions.compactMap(\.stream)).sorted()
        for index in page.transactions.indices where page.transactions[index].stream == nil {
            page.transactions[index].stream = stream(of: page.transactions[index].value, known: known)
        }
    }

    private func stream(of transaction: JSONValue, known: [WalletKey]) -> WalletKey? {
        let stated = transaction.value(forKey: "attributes")?.presentValue(forKey: "address")
        let texts = [stated.flatMap { try? $0.stringBytes() }].compactMap(\.self) + wallets
        for chain in [try? chain(of: transaction), defaultChain].compactMap(\.self) {
            for text in texts {
                if let address = Address(text: text, chain: chain) { return WalletKey(chain: chain, address: address) }
            }
        }
        for text in texts {
            if let key = known.first(where: { Address(text: text, chain: $0.chain) == $0.address }) { return key }
        }
        return known.count == 1 ? known[0] : nil
    }
}
