/// The first signal asks to stop, the second ends the process at once.
struct SignalEscalation {
    enum Action: Equatable {
        case requestStop
        case exitNow(code: Int32)
    }

    private var isStopping = false

    /// The exit code of a forced end is 128 and the signal's number, as shells report it.
    mutating func receive(_ signal: Int32) -> Action {
        defer { isStopping = true }
        return isStopping ? .exitNow(code: 128 + signal) : .requestStop
    }
}
