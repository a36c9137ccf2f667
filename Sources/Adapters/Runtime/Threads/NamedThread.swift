import Glibc

/// A plain thread with a name that `ps -L` and debuggers show. Blocking loops live here, never on the cooperative pool.
public final class NamedThread: Sendable {
    /// Enough for deep C libraries; only touched pages cost memory.
    public static let defaultStackSizeBytes = 1 << 20

    private let status: Monitor<Status>
    /// The full name; the kernel shows its first 15 bytes.
    public let name: String

    private struct Status: Sendable {
        var isFinished = false
    }

    /// What the new thread is given; it takes over the one reference.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void
        let status: Monitor<Status>

        init(name: String, body: @escaping @Sendable () -> Void, status: Monitor<Status>) {
            (self.name, self.body, self.status) = (name, body, status)
        }
    }

    private let identifier: pthread_t

    /// Starts the thread at once. Throws `RuntimeError` when the system has no thread left.
    public init(
        name: String, stackSizeBytes: Int = NamedThread.defaultStackSizeBytes, body: @escaping @Sendable () -> Void
    ) throws(RuntimeError) {
        self.name = name
        status = Monitor(Status())
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSizeBytes)
        // Nobody calls pthread_join: `join` waits on the status, which allows a timeout.
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let start = unsafe Unmanaged.passRetained(Start(name: name, body: body, status: status))
        var identifier = pthread_t()
        let code = unsafe pthread_create(&identifier, &attributes, runThread, start.toOpaque())
        self.identifier = identifier
        guard code == 0 else {
            unsafe start.release()
            throw RuntimeError(system: code, doing: "start the thread \(name)")
        }
    }

    /// Waits until the body has returned.
    public func join() {
        status.wait { $0.isFinished ? () : nil }
    }

    /// Waits at most that long; says whether the body has returned.
    public func join(timeoutMilliseconds: Int) -> Bool {
        status.wait(timeoutMilliseconds: timeoutMilliseconds) { $0.isFinished ? true : nil } ?? false
    }

    /// Sends a signal to this thread alone; nothing happens when its body has returned.
    func signal(_ number: Int32) {
        // The lock keeps the thread from ending, and its identifier from being reused, during the call.
        status.update { status in
            if !status.isFinished { pthread_kill(identifier, number) }
        }
    }

    /// The module map of Glibc hides `pthread_setname_np`; the kernel takes the name through this file as well and
    /// cuts it itself. A thread without a name works just as well, hence no error.
    private static func nameCurrentThread(_ name: String) {
        guard let file = try? FileDescriptor(path: "/proc/thread-self/comm", flags: O_WRONLY) else { return }
        file.write(Array(name.utf8))
    }

    fileprivate static func run(_ context: UnsafeMutableRawPointer) {
        let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        nameCurrentThread(start.name)
        start.body()
        start.status.update { $0.isFinished = true }
    }
}

/// C calls this on the new thread with the retained `Start`.
private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context = unsafe context { unsafe NamedThread.run(context) }
    return nil
}
