extension Int128 {
    /// Reads big-endian two's complement of at most 16 bytes; no byte is zero, more than 16 are nil.
    public init?(twosComplement bytes: some Collection<UInt8>) {
        guard bytes.count <= 16 else { return nil }
        var value: Int128 = (bytes.first ?? 0) >= 0x80 ? -1 : 0
        for byte in bytes { value = value << 8 | Int128(byte) }
        self = value
    }

    /// Big-endian two's complement in its shortest form: no byte for zero.
    public var twosComplement: [UInt8] {
        guard self != 0 else { return [] }
        let magnitudeBits = 128 - (self < 0 ? ~self : self).leadingZeroBitCount
        let byteCount = magnitudeBits / 8 + 1
        return (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
    }
}
