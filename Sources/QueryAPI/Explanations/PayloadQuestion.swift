import Events
import Postgres
import Runtime
import Synchronization

extension Question {
    private static let payloadStatement = ReadStatement(
        name: "payload",
        """
        SELECT live.generation, NULL::text AS projected, r.value
        FROM base.live
        LEFT JOIN log.records r ON r.topic = \(Topic.providerPayloads.rawValue) AND r.partition = $1::integer
            AND r."offset" = $2::bigint
        """)

    /// `/api/v3/payloads/{partition}/{offset}`: the provider's own words, one record of the log, bytes as they were
    /// appended. A record never changes, so it may be kept.
    static func payload(partition: Int32, offset: Int64) -> Question {
        Question(
            purpose: "v3 payload", statement: payloadStatement, values: [.int32(partition), .int64(offset)]
        ) { rows, _ in
            guard !rows.isNull(row: 0, column: 2) else { throw APIError(.notFound, "the log has no such payload") }
            return Answer(
                body: try rows.bytes(row: 0, column: 2), entityTag: "payload-\(partition)-\(offset)",
                isStorable: true)
        }
    }
}

/// So many requests a second, and a few more at once: a bucket that fills at a rate.
final class RateLimit: Sendable {
    private struct State {
        var level: Int64
        var at: Int64
    }

    private let perSecond: Int64
    private let burst: Int64
    private let clock: MonotonicClock
    private let state: Mutex<State>

    /// Lets `perSecond` requests through, and up to `burst` at once.
    init(perSecond: Int64, burst: Int64, clock: MonotonicClock = .system) {
        self.perSecond = perSecond
        self.burst = burst
        self.clock = clock
        state = Mutex(State(level: burst * 1_000_000, at: clock.nowMicroseconds()))
    }

    /// Takes a request's share; throws 429 when there is none.
    func take() throws(APIError) {
        let now = clock.nowMicroseconds()
        let isTaken = state.withLock { state in
            // Microseconds times requests a second: what flows in since the last request, the burst at most.
            let elapsed = min(max(0, now - state.at), burst * 1_000_000 / perSecond)
            state.level = min(burst * 1_000_000, state.level + elapsed * perSecond)
            state.at = now
            guard state.level >= 1_000_000 else { return false }
            state.level -= 1_000_000
            return true
        }
        if !isTaken { throw APIError(.rateLimited, "more than \(perSecond) payloads a second") }
    }
}
