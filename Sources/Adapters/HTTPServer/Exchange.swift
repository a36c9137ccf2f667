import CMicrohttpd
import Synchronization

/// One request on its connection, from its first line until the answer is sent or the connection is gone.
///
/// Unchecked: what is not in the mutex is touched on the connection's own thread only, to which the library keeps, and
/// the connection itself is used from elsewhere only to resume it while it is suspended, when it cannot go away.
@safe final class Exchange: @unchecked Sendable {
    /// How far reading has come. Connection's thread only.
    enum Stage { case head, body, refused, handled }
    private enum Phase { case handling, suspended, answered }
    private struct State {
        var phase = Phase.handling
        var response: PreparedResponse?
        var routePattern: String?
    }

    let connection: OpaquePointer
    let startMicroseconds: Int64
    private let outstanding: OutstandingRequests
    private let state = Mutex(State())

    var stage = Stage.head
    var target: [UInt8]
    /// Where the version must follow when the target holds no NUL byte; compared, never read through.
    let addressAfterTarget: UInt
    var head: RequestHead?
    var method: HTTPMethod?
    var peer: PeerAddress?
    var body: [UInt8] = []
    /// Suspended, and the callback that follows the resume has not come. Connection's thread only.
    private var awaitsCallback = false

    init(
        connection: OpaquePointer, target: UnsafeBufferPointer<UInt8>, outstanding: OutstandingRequests
    ) {
        unsafe self.connection = connection
        self.outstanding = outstanding
        self.target = unsafe Array(target)
        addressAfterTarget = UInt(bitPattern: target.baseAddress) + UInt(target.count) + 1
        startMicroseconds = MonotonicClock.nowMicroseconds()
    }

    /// Takes the one answer; false when there is one already. Any thread.
    func answer(_ response: PreparedResponse) -> Bool {
        let before = state.withLock { state in
            let before = state.phase
            if before != .answered {
                state.phase = .answered
                state.response = response
            }
            return before
        }
        if before == .suspended { resume() }
        return before != .answered
    }

    func setRoutePattern(_ pattern: String) {
        state.withLock { $0.routePattern = pattern }
    }

    /// The answer, if there is one.
    var response: PreparedResponse? { state.withLock { $0.response } }

    var routePattern: String? { state.withLock { $0.routePattern } }

    /// Takes the connection out of the event loop until the answer comes. Connection's thread, inside its callback.
    /// The order matters: recorded before it is suspended, so that a stop sees it; suspended before the phase says so,
    /// so that nobody resumes what is not yet suspended; and who answered in between is made up for at the end.
    func suspend() {
        awaitsCallback = true
        outstanding.park(self)
        unsafe MHD_suspend_connection(connection)
        let isAnswered = state.withLock { state in
            if state.phase == .answered { return true }
            state.phase = .suspended
            return false
        }
        if isAnswered { resume() }
    }

    /// The library has called back after a resume, with the request or, when the client left meanwhile, only with its
    /// completion: this connection no longer stands in the way of a stop. Connection's thread.
    func noteResumed() {
        guard awaitsCallback else { return }
        awaitsCallback = false
        outstanding.release(self)
    }

    private func resume() {
        unsafe MHD_resume_connection(connection)
        outstanding.release(self)
    }
}
