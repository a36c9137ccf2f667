import ReadModels
import Synchronization

/// What `/health/ready` says of the projection.
final class Readiness: Sendable {
    /// The projection's state.
    enum State: Sendable {
        case starting
        /// Another projector holds the partitions.
        case standby
        case projecting(Generation)
        /// Trying again; the reason is safe to show.
        case failing(String)
    }

    private let state = Mutex<State>(.starting)

    /// The state now.
    var current: State { state.withLock { $0 } }

    /// Changes the state.
    func set(_ new: State) { state.withLock { $0 = new } }
}
