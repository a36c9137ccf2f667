import Runtime

/// The rounds under way on a lane's connections, so that a stop ends them instead of waiting for their statements.
final class RunningRounds: Sendable {
    private struct State {
        var isClosed = false
        /// The server's process behind each round; nil before a connection was made.
        var backends: [Int: Int32?] = [:]
        var nextNumber = 0
    }
    private let state = Monitor(State())

    /// Whether no round may begin any more.
    var isClosed: Bool { state.read(\.isClosed) }

    /// Runs a round; nil, and nothing is run, once the rounds are closed.
    func run<Result>(on backend: Int32?, _ round: () -> Result) -> Result? {
        let number = state.update { state -> Int? in
            guard !state.isClosed else { return nil }
            state.nextNumber += 1
            state.backends[state.nextNumber] = .some(backend)
            return state.nextNumber
        }
        guard let number else { return nil }
        defer { _ = state.update { $0.backends.removeValue(forKey: number) } }
        return round()
    }

    /// Forbids further rounds.
    func close() { state.update { $0.isClosed = true } }

    /// Waits for the rounds under way and returns the processes of those that are left when the time is over.
    func backends(afterMilliseconds timeout: Int) -> [Int32] {
        _ = state.wait(timeoutMilliseconds: timeout) { $0.backends.isEmpty ? true : nil }
        return state.read { $0.backends.values.compactMap(\.self) }
    }
}
