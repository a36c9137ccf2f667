/// Chooses partitions as Apache Kafka's Java client does, so that any producer puts a wallet into the same one.
public enum Partitioner {
    /// The partition of `key` among `count`: positive murmur2 modulo the count.
    public static func partition(forKey key: [UInt8], count: Int32) -> Int32 {
        (murmur2(key) & 0x7fff_ffff) % count
    }

    /// 32-bit MurmurHash2 with Kafka's seed 0x9747b28c (org.apache.kafka.common.utils.Utils).
    static func murmur2(_ bytes: [UInt8]) -> Int32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
        let wholeWords = bytes.count / 4
        for word in 0..<wholeWords {
            let start = word * 4
            var mixed =
                UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
                | UInt32(bytes[start + 3]) << 24
            mixed &*= multiplier
            mixed ^= mixed >> 24
            mixed &*= multiplier
            hash &*= multiplier
            hash ^= mixed
        }
        let rest = bytes[(wholeWords * 4)...]
        if !rest.isEmpty {
            for (index, byte) in rest.enumerated() { hash ^= UInt32(byte) << UInt32(8 * index) }
            hash &*= multiplier
        }
        hash ^= hash >> 13
        hash &*= multiplier
        hash ^= hash >> 15
        return Int32(bitPattern: hash)
    }
}
