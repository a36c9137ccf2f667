import CMicrohttpd

/// What the library's callbacks need, shared by all threads; it decides what each callback answers.
final class ServerContext: Sendable {
    let outstanding: OutstandingRequests
    private let handler: any HTTPHandler
    private let observer: HTTPServer.Observer?
    private let policy: RequestPolicy
    private let maximumTargetBytes: Int

    init(
        handler: any HTTPHandler, observer: HTTPServer.Observer?, policy: RequestPolicy, maximumTargetBytes: Int,
        outstanding: OutstandingRequests
    ) {
        self.handler = handler
        self.observer = observer
        self.policy = policy
        self.maximumTargetBytes = maximumTargetBytes
        self.outstanding = outstanding
    }

    /// The headers are there: reads them, and refuses what must not be read further. An answer at this point makes the
    /// library skip the body and close the connection. False: the connection is closed without an answer.
    func receiveHead(_ exchange: Exchange, method: UnsafePointer<CChar>, addressOfVersion: UInt) -> Bool {
        exchange.stage = .body
        unsafe exchange.method = HTTPMethod(rawValue: String(cString: method))
        guard let refusal = readHead(of: exchange, addressOfVersion: addressOfVersion) else { return true }
        exchange.stage = .refused
        _ = exchange.answer(refusal.response)
        return unsafe refusal.response.queue(on: exchange.connection)
    }

    private func readHead(of exchange: Exchange, addressOfVersion: UInt) -> Refusal? {
        guard exchange.target.count <= maximumTargetBytes else { return .targetTooLong }
        // The target ends at its first NUL byte for the library: then the version does not follow it directly.
        guard addressOfVersion == exchange.addressAfterTarget else { return .malformed }
        var builder = RequestHeadBuilder(target: exchange.target)
        exchange.target = []
        unsafe withUnsafeMutablePointer(to: &builder) { pointer in
            // The iterator runs inside this call only, so the pointer to the local builder is good for all of it.
            _ = unsafe MHD_get_connection_values_n(exchange.connection, .HEADER_KIND, headerCallback, pointer)
        }
        guard let head = builder.build() else { return .malformed }
        if let refusal = policy.refusal(of: head) { return refusal }
        guard exchange.method != nil else { return .unknownMethod }
        exchange.head = head
        unsafe exchange.peer = PeerAddress(reading: wallet_http_client_address(exchange.connection))
        return nil
    }

    /// The request is complete: calls the handler, then sends its answer or suspends the connection until there is one.
    /// Called again after a resume. False: the connection is closed without an answer.
    func complete(_ exchange: Exchange) -> Bool {
        if exchange.stage == .handled {
            exchange.noteResumed()
        } else {
            guard let head = exchange.head, let method = exchange.method else { return false }
            exchange.stage = .handled
            let request = Request(method: method, head: head, body: exchange.body, peer: exchange.peer)
            let isOpen = outstanding.withHandler { handler.handle(request, Responder(exchange)) }
            if !isOpen { _ = exchange.answer(.stopping) }
        }
        guard let response = exchange.response else {
            exchange.suspend()
            return true
        }
        return unsafe response.queue(on: exchange.connection)
    }

    /// The answer was sent, or the connection is gone.
    func finish(_ exchange: Exchange) {
        defer { outstanding.end() }
        exchange.noteResumed()
        guard let observer, let response = exchange.response else { return }
        observer(
            CompletedRequest(
                routePattern: exchange.routePattern ?? "unmatched", method: exchange.method, status: response.status,
                durationMicroseconds: MonotonicClock.nowMicroseconds() - exchange.startMicroseconds,
                bodyByteCount: response.bodyByteCount))
    }
}
