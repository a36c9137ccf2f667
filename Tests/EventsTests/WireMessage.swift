/// Protobuf written by hand, to say what no encoder of this system would.
struct WireMessage {
    private(set) var bytes: [UInt8] = []

    /// A field of type varint.
    mutating func add(_ field: Int, varint value: UInt64) {
        append(varint: UInt64(field) << 3)
        append(varint: value)
    }

    /// A field of type sint32.
    mutating func add(_ field: Int, signed value: Int32) {
        add(field, varint: UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
    }

    /// A field of bytes, or a message.
    mutating func add(_ field: Int, _ value: [UInt8]) {
        append(varint: UInt64(field) << 3 | 2)
        append(varint: UInt64(value.count))
        bytes += value
    }

    /// Revision and digest, which every event ends with.
    mutating func addKnowledge(revision: UInt64 = 1, digest: [UInt8] = [UInt8](repeating: 7, count: 32)) {
        add(100, varint: revision)
        add(101, digest)
    }

    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
