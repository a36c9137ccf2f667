import Glibc
import Synchronization

/// Waits for SIGTERM and SIGINT on one thread with `sigwait`, so that nothing runs in a signal handler.
final class SignalWatch: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let thread = Mutex<NamedThread?>(nil)

    /// Blocks both signals in the calling thread and every thread that it starts later, and ignores SIGPIPE, so that
    /// a lost connection is an error of `write`. To be called before any other thread exists: a thread without the
    /// mask would take the signal and end the process.
    static func prepareProcess() {
        signal(SIGPIPE, SIG_IGN)
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
            while unsafe sigwait(&set, &number) == 0, !isOver.load(ordering: .acquiring) { onSignal(number) }
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
