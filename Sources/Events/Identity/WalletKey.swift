/// A wallet on a chain: the unit of ownership, folding and serving. Its text is the key of its records in the log.
public struct WalletKey: Sendable, Hashable, Comparable {
    /// The chain the wallet is followed on.
    public let chain: Chain
    /// The wallet's own address.
    public let address: Address

    /// Pairs a chain with an address of that chain.
    public init(chain: Chain, address: Address) {
        self.chain = chain
        self.address = address
    }

    /// Reads what `text` writes, for example `solana:6BxJ…`; nil for anything else.
    public init?(logKey text: some Collection<UInt8>) {
        // Asked for every record: an array of its own makes all that follows concrete.
        let text = Array(text)
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = text[..<colon]
        guard
            let chain = Chain.allCases.first(where: {
                $0.name.utf8.count == name.count && $0.name.utf8.elementsEqual(name)
            }),
            let address = Address(text: text[(colon + 1)...], chain: chain)
        else { return nil }
        self.init(chain: chain, address: address)
    }

    /// `chain:address` in canonical text, the key of every record of this wallet.
    public var text: String { "\(chain.name):\(address.text(on: chain))" }

    /// The key's bytes.
    public var logKey: [UInt8] { Array(text.utf8) }

    /// Orders by chain, then by address.
    public static func < (left: WalletKey, right: WalletKey) -> Bool {
        left.chain == right.chain ? left.address < right.address : left.chain < right.chain
    }
}
