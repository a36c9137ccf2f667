import Events

/// Which coin an asset is and whether it counts as money (domain.md 11.2, Assets).
///
/// A chain's native coin has one identity, the empty address: missing, null and "" mean it, so do the constants in use
/// for it, and its wrapped form shares its lots.
struct R2Assets: Sendable {
    /// The native coin's symbol.
    let nativeSymbol: String
    private let wrapped: Address
    private let constants: (Address, Address)
    private let stablecoins: Set<Address>

    /// The rules of one chain.
    init(chain: Chain) {
        let row = R2QuoteAssets.row(of: chain)
        nativeSymbol = row.symbol
        wrapped = Self.address(row.wrapped, on: chain)
        stablecoins = Set(row.stablecoins.map { Self.address($0, on: chain) })
        let zero = Address(bytes: repeatElement(0, count: chain.addressByteCount)) ?? .empty
        let filler = Address(bytes: repeatElement(0xEE, count: chain.addressByteCount)) ?? .empty
        constants = (zero, chain.isEVM ? filler : zero)
    }

    /// What identifies the asset on its chain; nil for one that nothing was said about.
    func identity(of name: AssetName) -> Address? {
        switch name {
        case .absent, .empty: .empty
        case .unidentified: nil
        case .address(let address): isNative(address) ? .empty : address
        }
    }

    /// Whether an identity is the native coin or one of the USD stablecoins.
    func isQuote(_ identity: Address) -> Bool { identity.count == 0 || stablecoins.contains(identity) }

    private func isNative(_ address: Address) -> Bool {
        address == wrapped || address == constants.0 || address == constants.1 || address.count == 0
    }

    private static func address(_ text: String, on chain: Chain) -> Address {
        guard let address = Address(text: text, chain: chain) else {
            preconditionFailure("the table of quote assets is part of the source and holds addresses only: \(text)")
        }
        return address
    }
}
