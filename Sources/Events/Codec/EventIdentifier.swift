/// The deterministic id of an event (I2): whoever appends the same fact computes the same id.
public enum EventIdentifier {
    /// SHA-256 of kind, chain, wallet, subject, revision and content digest, each with its length before it.
    ///
    /// Chain and wallet are empty for what belongs to no wallet.
    public static func make(
        kind: EventKind, wallet: WalletKey?, subject: [UInt8], revision: UInt64, contentDigest: Digest,
        digest: DigestFunction
    ) -> Digest {
        var parts = LengthPrefixedParts()
        parts.append(CollectionOfOne(kind.rawValue))
        if let wallet {
            parts.append(wallet.chain.rawValue)
            parts.append(wallet.address.bytes)
        } else {
            parts.append(EmptyCollection())
            parts.append(EmptyCollection())
        }
        parts.append(subject)
        parts.append(revision)
        parts.append(contentDigest.bytes)
        return digest(parts.bytes)
    }
}
