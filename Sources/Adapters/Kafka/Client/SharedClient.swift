import Synchronization

/// A client that several users share: made when the first of them needs it, closed when the last has gone.
final class SharedClient<Client: AnyObject & Sendable>: Sendable {
    private struct State {
        var userCount = 0
        var client: Client?
    }

    private let state = Mutex(State())
    private let make: @Sendable () throws(KafkaError) -> Client
    private let close: @Sendable (Client) -> Void

    init(
        make: @escaping @Sendable () throws(KafkaError) -> Client, close: @escaping @Sendable (Client) -> Void
    ) {
        self.make = make
        self.close = close
    }

    /// Adds a user.
    func retain() { state.withLock { $0.userCount += 1 } }

    /// The client, made if there is none.
    func current() throws(KafkaError) -> Client {
        try state.withLock { state throws(KafkaError) in
            if let client = state.client { return client }
            let client = try make()
            state.client = client
            return client
        }
    }

    /// Forgets a client that is of no more use; it ends when the calls under way on it have returned.
    func discard(_ client: Client) {
        let forgotten = state.withLock { state in
            guard state.client === client else { return nil as Client? }
            return state.client.take()
        }
        _ = forgotten  // its end is awaited by nobody, and outside the lock
    }

    /// Takes a user away; the last one closes the client.
    func release() {
        let last = state.withLock { state in
            state.userCount -= 1
            return state.userCount == 0 ? state.client.take() : nil
        }
        if let last { close(last) }
    }

    /// Lends the client to a user that stays no longer than the call.
    func withClient<Result>(_ body: (Client) throws(KafkaError) -> Result) throws(KafkaError) -> Result {
        retain()
        defer { release() }
        return try body(try current())
    }
}
