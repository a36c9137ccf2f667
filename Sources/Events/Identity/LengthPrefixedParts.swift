/// Joins parts so that no two lists of parts give the same bytes: each carries its length, 4 bytes big-endian.
struct LengthPrefixedParts {
    /// All parts so far.
    private(set) var bytes: [UInt8] = []

    /// Adds bytes.
    mutating func append(_ part: some Collection<UInt8>) {
        withUnsafeBytes(of: UInt32(part.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: part)
    }

    /// Adds a number, big-endian.
    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { append($0) }
    }

    /// Adds how an asset is named.
    mutating func append(_ asset: AssetName) {
        switch asset {
        case .absent: append(CollectionOfOne<UInt8>(0))
        case .empty: append(CollectionOfOne<UInt8>(1))
        case .address(let address): append([2] + address.bytes)
        case .unidentified: append(CollectionOfOne<UInt8>(3))
        }
    }
}
