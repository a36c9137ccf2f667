import CPostgres

/// What somebody said with NOTIFY.
public struct PostgresNotification: Sendable, Hashable {
    /// Where it was said.
    public let channel: String
    /// What was said; may be empty.
    public let payload: String
}

extension PostgresConnection {
    /// Listens to a channel from now on, also after a reconnection; what was said in between is lost.
    public func listen(to channel: String) throws(PostgresError) {
        try execute("LISTEN \(Self.quoted(channel))")
        addChannel(channel)
    }

    /// As `listen`, but without a round trip when this connection listens already.
    func listenOnce(to channel: String) throws(PostgresError) {
        if !channels.contains(channel) { try listen(to: channel) }
    }

    /// Says something on a channel; within a transaction at its commit.
    public func notify(_ channel: String, payload: String = "") throws(PostgresError) {
        _ = try query("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])
    }

    /// The next notification, waiting for it until the time is over; then nil.
    public func waitForNotification(timeoutMilliseconds: Int) throws(PostgresError) -> PostgresNotification? {
        let deadline = MonotonicTime.deadline(afterMilliseconds: timeoutMilliseconds)
        return try perform { handle throws(PostgresError) in
            while true {
                if let notification = handle.nextNotification() { return notification }
                let remaining = max(0, deadline - MonotonicTime.milliseconds())
                guard handle.wait(forWriting: false, timeoutMilliseconds: Int32(clamping: remaining)) else {
                    return nil
                }
                guard unsafe PQconsumeInput(handle.pointer) == 1 else { throw handle.loss() }
            }
        }
    }

    /// A name as an SQL identifier, whatever it holds.
    static func quoted(_ name: String) -> String {
        "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}
