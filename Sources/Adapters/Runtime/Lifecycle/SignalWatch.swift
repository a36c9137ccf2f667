import Glibc
import Synchronization

/// The thread that waits for signals; 0 while there is none. Global, because a handler has no context.
private let watchingThread = Atomic<UInt>(0)

/// Runs where a thread has not blocked the signal: passes it on to the watching thread, with the only calls that are
/// safe in a handler (signal-safety(7)).
private func passOn(_ number: Int32) {
    let thread = watchingThread.load(ordering: .relaxed)
    if thread == 0 { _exit(128 + number) }
    pthread_kill(thread, number)
}

/// Waits for SIGTERM and SIGINT on one thread with `sigwait`, so that no work is done in a signal handler.
final class SignalWatch: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let thread = Mutex<NamedThread?>(nil)

    /// Blocks both signals in the calling thread and every thread that it starts later, and ignores SIGPIPE, so that
    /// a lost connection is an error of `write`. Threads that exist already, and the main thread of an `async` main,
    /// which libdispatch parks with every signal unblocked, pass the signals on from a handler.
    static func prepareProcess() {
        // Initialises the global before a handler can need it.
        _ = watchingThread.load(ordering: .relaxed)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGTERM, passOn)
        signal(SIGINT, passOn)
        _ = blockSignals()
    }

    /// Starts to watch; the closure is called on the watching thread.
    func start(onSignal: @escaping @Sendable (Int32) -> Void) throws(RuntimeError) {
        // The thread inherits the mask, so it must be set before, whatever the caller has done.
        var previous = SignalWatch.blockSignals()
        defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let thread = try NamedThread(name: "signals") { [self] in
            var set = SignalWatch.signals
            var number: Int32 = 0
            watchingThread.store(pthread_self(), ordering: .relaxed)
            while unsafe sigwait(&set, &number) == 0, !isOver.load(ordering: .acquiring) { onSignal(number) }
            watchingThread.store(0, ordering: .relaxed)
        }
        self.thread.withLock { $0 = thread }
    }

    /// Delivers a signal to the watching thread alone.
    func send(_ number: Int32) { thread.withLock { $0?.signal(number) } }

    /// Ends the watching thread.
    func finish() {
        isOver.store(true, ordering: .releasing)
        send(SIGTERM)
        thread.withLock { $0 }?.join()
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        return set
    }

    /// Returns the mask before.
    private static func blockSignals() -> sigset_t {
        var set = signals
        var previous = sigset_t()
        unsafe pthread_sigmask(SIG_BLOCK, &set, &previous)
        return previous
    }
}
