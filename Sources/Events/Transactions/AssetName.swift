/// How a report named an asset. The naming is kept as delivered; what it means is a rule set's business.
public enum AssetName: Sendable, Hashable {
    /// The chain's native coin, with a missing or null address.
    case absent
    /// The chain's native coin, with the address "".
    case empty
    /// A token, by raw address.
    case address(Address)
    /// Nothing was said about the asset on this chain.
    case unidentified

    /// The address named, if any.
    public var address: Address? {
        if case .address(let address) = self { address } else { nil }
    }
}
