import Foundation
import Glibc
import Synchronization

/// Collects one child process when it ends, on a thread of its own, and says how it ended.
final class ProcessEnding: Sendable {
    private let identifier: pid_t
    private let status = Mutex<Int32?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    init(of identifier: pid_t) {
        self.identifier = identifier
        let thread = Thread { self.collect() }
        thread.name = "waiting for \(identifier)"
        thread.start()
    }

    private func collect() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        // Collected under the lock, so that no signal goes to a process that has got the same id since.
        status.withLock { status in
            var word: Int32 = 0
            _ = waitpid(identifier, &word, 0)
            let signal = word & 0x7F
            status = signal == 0 ? (word >> 8) & 0xFF : -signal
        }
        ended.signal()
    }

    func send(_ signal: Int32) {
        status.withLock { status in
            if status == nil { _ = kill(identifier, signal) }
        }
    }

    /// The exit status, or minus the signal that ended it; nil when it has not ended in time.
    func wait(timeoutMilliseconds: Int) -> Int32? {
        guard ended.wait(timeout: .now() + .milliseconds(timeoutMilliseconds)) == .success else { return nil }
        ended.signal()  // so that a second wait returns as well
        return status.withLock { $0 }
    }
}
