/// Appends numbers and bytes in the form in which rows pack many small things: variable-length integers, seven bits a
/// byte, least significant first; signed ones in zigzag.
struct PackedWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(unsigned value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func append(_ value: Int64) {
        append(unsigned: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func append(_ value: Int128) {
        var rest = UInt128(bitPattern: value << 1 ^ value >> 127)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func append(_ part: some Collection<UInt8>) {
        append(unsigned: UInt64(part.count))
        bytes.append(contentsOf: part)
    }
}
