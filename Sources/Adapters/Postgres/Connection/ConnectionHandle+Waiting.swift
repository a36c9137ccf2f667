import CPostgres
import Glibc

/// The socket: waiting without blocking the server.
extension ConnectionHandle {
    /// A notification that has arrived already.
    func nextNotification() -> PostgresNotification? {
        guard let notification = unsafe PQnotifies(pointer) else { return nil }
        defer { unsafe PQfreemem(notification) }
        return unsafe PostgresNotification(
            channel: String(cString: notification.pointee.relname),
            payload: notification.pointee.extra.map { unsafe String(cString: $0) } ?? "")
    }

    /// Takes in what has arrived, and sends what is left to send, until an answer can be read without blocking.
    func awaitAnswer(untilMilliseconds deadline: Int64) throws(PostgresError) {
        while true {
            let unsent = unsafe PQflush(pointer)
            guard unsent >= 0 else { throw loss() }
            if unsafe PQisBusy(pointer) == 0 { return }
            let remaining = Int32(clamping: max(0, deadline - MonotonicTime.milliseconds()))
            guard wait(forWriting: unsent == 1, timeoutMilliseconds: remaining) else {
                throw PostgresError(.connectionLost, "the server did not answer in time: the connection was dropped")
            }
            guard unsafe PQconsumeInput(pointer) == 1 else { throw loss() }
        }
    }

    /// Waits until the socket can be read, or written if that is wanted; false when the time is over. A broken socket
    /// can be read, so that libpq finds out.
    func wait(forWriting: Bool, timeoutMilliseconds: Int32) -> Bool {
        let interest = forWriting ? POLLIN | POLLOUT : POLLIN
        var descriptor = pollfd(fd: unsafe PQsocket(pointer), events: Int16(interest), revents: 0)
        // An interrupted call counts as readiness: the caller looks again.
        return unsafe poll(&descriptor, 1, timeoutMilliseconds) != 0
    }
}
