import Events

/// The assets that a wallet's transactions have named so far, by number.
///
/// Numbers follow the order of first sight and stand for the identity within one fold; nothing that is served depends
/// on them.
struct R2AssetTable: Sendable {
    /// What is known about an asset besides its lots.
    struct Entry: Sendable {
        /// The asset's identity; of an NFT its collection's.
        let identity: Address
        /// Native coins and stablecoins.
        let isQuote: Bool
        /// The chain's native coin.
        let isNative: Bool
        /// NFTs keep lots, but are not served (domain.md 11.2, Assets).
        let isListed: Bool
        /// The most decimals any leg stated.
        var decimals: UInt8
        /// Symbol as last reported.
        var symbol: String
    }

    private struct NonFungible: Hashable {
        var collection: Address
        var token: String
    }

    /// An asset that nothing was said about: it stays in its act and has no lots.
    static let unidentified: Int32 = -1

    /// All assets, by number.
    private(set) var entries: [Entry] = []
    private let assets: R2Assets
    private var indices: [Address: Int32] = [:]
    private var nonFungibles: [NonFungible: Int32] = [:]
    /// The asset last seen for each value of an address's byte: one comparison costs less than a hash of 32 bytes.
    private var seen = [Int32](repeating: -1, count: 256)

    /// No asset yet.
    init(assets: R2Assets) { self.assets = assets }

    /// Number of the asset a leg names, which is new if need be.
    mutating func index(of leg: Leg) -> Int32 {
        guard let identity = assets.identity(of: leg.asset) else { return Self.unidentified }
        guard leg.nft == nil else { return nonFungible(identity, leg.nft ?? "", decimals: leg.decimals) }
        let index = index(of: identity, decimals: leg.decimals)
        if identity.count != 0, !leg.symbol.isEmpty, entries[Int(index)].symbol != leg.symbol {
            entries[Int(index)].symbol = leg.symbol
        }
        return index
    }

    /// Number of an asset that was named before; nil when it was not.
    func index(ofKnown name: AssetName) -> Int32? { assets.identity(of: name).flatMap { indices[$0] } }

    /// Notes that quantities of an asset may be as fine as this.
    mutating func refine(_ index: Int32, to decimals: UInt8) {
        entries[Int(index)].decimals = max(entries[Int(index)].decimals, decimals)
    }

    private mutating func index(of identity: Address, decimals: UInt8) -> Int32 {
        // Both kinds of addresses are as good as random in their middle.
        let slot = identity.count > 8 ? Int(identity[8]) : 0
        if isEntry(seen[slot], identity) { return seen[slot] }
        let index = indices[identity] ?? append(identity, decimals: decimals, isListed: true)
        indices[identity] = index
        seen[slot] = index
        return index
    }

    private func isEntry(_ index: Int32, _ identity: Address) -> Bool {
        index >= 0 && entries[Int(index)].identity == identity
    }

    private mutating func nonFungible(_ collection: Address, _ token: String, decimals: UInt8) -> Int32 {
        let key = NonFungible(collection: collection, token: token)
        if let index = nonFungibles[key] { return index }
        let index = append(collection, decimals: decimals, isListed: false)
        nonFungibles[key] = index
        return index
    }

    private mutating func append(_ identity: Address, decimals: UInt8, isListed: Bool) -> Int32 {
        let isNative = isListed && identity.count == 0
        entries.append(
            Entry(
                identity: identity, isQuote: isListed && assets.isQuote(identity), isNative: isNative,
                isListed: isListed, decimals: decimals, symbol: isNative ? assets.nativeSymbol : ""))
        return Int32(entries.count - 1)
    }
}
