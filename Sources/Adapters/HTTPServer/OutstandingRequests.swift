import Glibc
import Synchronization

/// Counts the requests between their first line and their last byte and knows those that are suspended, so that a stop
/// can wait for the ones, answer the others, and stop the library only when no connection is suspended any more.
final class OutstandingRequests: Sendable {
    private struct Parked {
        let exchange: Exchange
        /// Two things must end before the library may stop: the call that resumes and the callback that follows it.
        /// They come in either order.
        var pendingReleases = 2
    }
    private struct State {
        var parked: [ObjectIdentifier: Parked] = [:]
    }

    private let active = Atomic(0)
    /// Handlers that have a server thread right now.
    private let handling = Atomic(0)
    private let isDraining = Atomic(false)
    /// Set once the server gave up waiting: no handler is called any more.
    private let isClosed = Atomic(false)
    private let state = Mutex(State())
    /// A pair of sockets that is written when a count reaches zero while draining; what a stop blocks on.
    private let wakeReader: Int32
    private let wakeWriter: Int32

    init() throws(HTTPServerError) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw HTTPServerError(.cannotStart, "no file descriptor left")
        }
        (wakeReader, wakeWriter) = (ends[0], ends[1])
    }

    deinit {
        close(wakeReader)
        close(wakeWriter)
    }

    func begin() { active.add(1, ordering: .sequentiallyConsistent) }

    func end() {
        let (_, left) = active.subtract(1, ordering: .sequentiallyConsistent)
        if left == 0 { wakeIfDraining() }
    }

    /// Runs a handler, unless the server gave up waiting; false then. Counted before the flag is read, so that a stop
    /// that set the flag sees the count.
    func withHandler(_ body: () -> Void) -> Bool {
        handling.add(1, ordering: .sequentiallyConsistent)
        let isOpen = !isClosed.load(ordering: .sequentiallyConsistent)
        if isOpen { body() }
        let (_, left) = handling.subtract(1, ordering: .sequentiallyConsistent)
        if left == 0 { wakeIfDraining() }
        return isOpen
    }

    /// Records an exchange that is about to be suspended. Once the server gave up waiting it is answered right here:
    /// the flag is read after it was recorded, so that either this or `refuseSuspended` sees the exchange.
    func park(_ exchange: Exchange) {
        state.withLock { $0.parked[ObjectIdentifier(exchange)] = Parked(exchange: exchange) }
        if isClosed.load(ordering: .sequentiallyConsistent) { _ = exchange.answer(.stopping) }
    }

    func release(_ exchange: Exchange) {
        let isEmpty = state.withLock { state in
            let key = ObjectIdentifier(exchange)
            guard var parked = state.parked[key] else { return false }
            parked.pendingReleases -= 1
            state.parked[key] = parked.pendingReleases > 0 ? parked : nil
            return state.parked.isEmpty
        }
        if isEmpty { wakeIfDraining() }
    }

    /// Answers 503 to everything suspended, now and from now on.
    func refuseSuspended() {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        let exchanges = state.withLock { $0.parked.values.map(\.exchange) }
        for exchange in exchanges { _ = exchange.answer(.stopping) }
    }

    /// Blocks the thread until every request has been sent; false when the time was over first.
    func waitUntilIdle(milliseconds: Int) -> Bool {
        wait(milliseconds: milliseconds) { active.load(ordering: .sequentiallyConsistent) == 0 }
    }

    /// Blocks the thread until no connection is suspended and no handler runs; false when the time was over first.
    func waitUntilStoppable(milliseconds: Int) -> Bool {
        wait(milliseconds: milliseconds) {
            handling.load(ordering: .sequentiallyConsistent) == 0 && state.withLock { $0.parked.isEmpty }
        }
    }

    private func wait(milliseconds: Int, until condition: () -> Bool) -> Bool {
        // Set before the condition is read; the counts change before the flag is read: one of both sees the other.
        isDraining.store(true, ordering: .sequentiallyConsistent)
        let deadline = MonotonicClock.nowMicroseconds() + Int64(milliseconds) * 1000
        while !condition() {
            let left = deadline - MonotonicClock.nowMicroseconds()
            guard left > 0 else { return false }
            var waited = pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)
            unsafe poll(&waited, 1, Int32(clamping: left / 1000 + 1))
            // What was written for an earlier condition must not wake the next wait at once, over and over.
            var drained: UInt64 = 0
            while unsafe read(wakeReader, &drained, 8) > 0 {}
        }
        return true
    }

    private func wakeIfDraining() {
        guard isDraining.load(ordering: .sequentiallyConsistent) else { return }
        // A full buffer needs no further byte: whoever waits is woken by those in it.
        var byte: UInt8 = 1
        unsafe _ = write(wakeWriter, &byte, 1)
    }
}
