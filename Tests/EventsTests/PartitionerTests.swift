import Testing

@testable import Events

@Suite struct PartitionerTests {
    /// From the tests of org.apache.kafka.common.utils.Utils.
    @Test(
        "Murmur2 gives what Kafka's Java client gives",
        arguments: [
            ("21", Int32(-973_932_308)), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
        ])
    func murmur2(text: String, hash: Int32) {
        #expect(Partitioner.murmur2(Array(text.utf8)) == hash)
    }

    @Test("A partition is the positive hash modulo their number")
    func partitions() {
        #expect(Partitioner.partition(forKey: Array("21".utf8), count: 16) == (-973_932_308 & 0x7fff_ffff) % 16)
        var hit = Set<Int32>()
        for number in 0..<1000 {
            let partition = Partitioner.partition(forKey: Array("ethereum:0x\(number)".utf8), count: 16)
            #expect((0..<16).contains(partition))
            hit.insert(partition)
            #expect(Partitioner.partition(forKey: Array("\(number)".utf8), count: 1) == 0)
        }
        #expect(hit.count == 16)
    }
}
