import Glibc
import Synchronization
import Testing

@testable import Runtime

/// Long enough that only a hang reaches it.
let hangMilliseconds = 30_000

@Suite("Threads")
struct ThreadsTests {
    @Test("A queue keeps the order, and a full one blocks its producer until there is room")
    func queueOrder() throws {
        let queue = BoundedQueue<Int>(capacity: 3)
        let pushed = Atomic<Int>(0)
        let producer = try NamedThread(name: "producer") { [queue] in
            for number in 0..<1000 {
                queue.push(number)
                pushed.wrappingAdd(1, ordering: .relaxed)
            }
            queue.finish()
        }
        var received: [Int] = []
        while let number = queue.next() {
            received.append(number)
            #expect(queue.count <= 3)
            #expect(pushed.load(ordering: .relaxed) <= received.count + 3)
        }
        #expect(received == Array(0..<1000))
        #expect(producer.join(timeoutMilliseconds: hangMilliseconds))
    }

    @Test("A finished queue gives what is left, then nothing, and takes nothing")
    func queueFinish() {
        let queue = BoundedQueue<String>(capacity: 2)
        #expect(queue.push("a") && queue.push("b"))
        queue.finish()
        #expect(!queue.push("c"))
        #expect(queue.next() == "a")
        #expect(queue.next(timeoutMilliseconds: 0) == .element("b"))
        #expect(queue.next(timeoutMilliseconds: 0) == .finished)
        #expect(queue.next() == nil)
    }

    @Test("Finishing a full queue frees its blocked producer, whose element is dropped")
    func queueFinishFreesProducer() throws {
        let queue = BoundedQueue<Int>(capacity: 1)
        queue.push(1)
        let accepted = Mutex<Bool?>(nil)
        let producer = try NamedThread(name: "producer") { [queue] in
            let isAccepted = queue.push(2)
            accepted.withLock { $0 = isAccepted }
        }
        queue.finish()
        #expect(producer.join(timeoutMilliseconds: hangMilliseconds))
        #expect(accepted.withLock { $0 } == false)
        #expect(queue.next() == 1 && queue.next() == nil)
    }

    @Test("Waiting on an empty queue times out")
    func queueTimeout() { #expect(BoundedQueue<Int>(capacity: 1).next(timeoutMilliseconds: 1) == .timedOut) }

    @Test("Many producers and consumers lose and double nothing")
    func queueContention() throws {
        let queue = BoundedQueue<Int>(capacity: 7)
        let sum = Atomic<Int>(0)
        let consumers = try (0..<3).map { _ in
            try NamedThread(name: "consumer") { [queue] in
                while let number = queue.next() { sum.wrappingAdd(number, ordering: .relaxed) }
            }
        }
        let producers = try (0..<3).map { _ in
            try NamedThread(name: "producer") { [queue] in for number in 1...2000 { queue.push(number) } }
        }
        for thread in producers { thread.join() }
        queue.finish()
        for thread in consumers { thread.join() }
        #expect(sum.load(ordering: .relaxed) == 3 * 2_001_000)
    }

    @Test("A raised flag wakes who waits, runs its actions once, and stays up")
    func stopFlag() throws {
        let flag = StopFlag()
        let runs = Atomic<Int>(0)
        flag.onRaise { runs.wrappingAdd(1, ordering: .relaxed) }
        #expect(!flag.isRaised && !flag.wait(milliseconds: 0))
        let waiter = try NamedThread(name: "waiter") { [flag] in flag.wait() }
        #expect(!waiter.join(timeoutMilliseconds: 0))
        flag.raise()
        flag.raise()
        #expect(waiter.join(timeoutMilliseconds: hangMilliseconds))
        #expect(flag.isRaised && flag.wait(milliseconds: hangMilliseconds))
        flag.onRaise { runs.wrappingAdd(10, ordering: .relaxed) }
        #expect(runs.load(ordering: .relaxed) == 11)
    }

    @Test("A thread has its name, cut to the kernel's 15 bytes, and its stack")
    func threadName() throws {
        let seen = Mutex("")
        let thread = try NamedThread(name: "a-rather-long-name", stackSizeBytes: 4 << 20) {
            let file = try? FileDescriptor(path: "/proc/thread-self/comm", flags: O_RDONLY)
            let bytes = (try? file?.readAll(maximumByteCount: 64)) ?? []
            withUnsafeTemporaryAllocation(byteCount: 3 << 20, alignment: 16) { $0[0] = 1 }
            seen.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
        }
        #expect(thread.join(timeoutMilliseconds: hangMilliseconds))
        #expect(seen.withLock { $0 } == "a-rather-long-n\n")
    }

    @Test("A stack that the system refuses is an error, not a trap")
    func threadRefused() {
        let error = #expect(throws: RuntimeError.self) {
            _ = try NamedThread(name: "huge", stackSizeBytes: 1 << 46) {}
        }
        #expect(error?.code == .system && error?.description.hasPrefix("Cannot start the thread huge: ") == true)
    }
}
