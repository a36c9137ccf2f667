import Runtime
import Testing

@Suite("Batches of a bounded queue")
struct BoundedQueueBatchTests {
    @Test("An offer to a full or finished queue is refused without waiting")
    func offer() {
        let queue = BoundedQueue<Int>(capacity: 2)
        #expect(queue.offer(1))
        #expect(queue.offer(2))
        #expect(!queue.offer(3))
        #expect(queue.nextBatch(maximumCount: 1, timeoutMilliseconds: 0) == [1])
        #expect(queue.offer(3))
        queue.finish()
        #expect(!queue.offer(4))
    }

    @Test("A batch takes what is there, is empty when nothing came, and nil at the end")
    func batches() {
        let queue = BoundedQueue<Int>(capacity: 8)
        for number in 0..<5 { #expect(queue.offer(number)) }
        #expect(queue.nextBatch(maximumCount: 3, timeoutMilliseconds: 0) == [0, 1, 2])
        #expect(queue.nextBatch(maximumCount: 3, timeoutMilliseconds: 0) == [3, 4])
        #expect(queue.nextBatch(maximumCount: 3, timeoutMilliseconds: 1) == [])
        #expect(queue.offer(5))
        queue.finish()
        #expect(queue.nextBatch(maximumCount: 3, timeoutMilliseconds: 0) == [5])
        #expect(queue.nextBatch(maximumCount: 3, timeoutMilliseconds: 0) == nil)
    }
}
