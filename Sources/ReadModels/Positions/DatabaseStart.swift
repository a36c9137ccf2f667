public import Postgres

/// What every program does first: wait for the database, then see that it is one of ours (design.md, First start).
public enum DatabaseStart {
    /// Why a program does not start.
    public struct Refused: Error, Sendable, CustomStringConvertible {
        /// Says what to do.
        public let description: String
    }

    /// How long a start may wait for the database.
    public static let patienceMilliseconds = 60_000
    private static let pauseMilliseconds = 250

    /// The live generation, once the database answers.
    ///
    /// - Parameters:
    ///   - pause: waits that many milliseconds; true when the process is asked to stop.
    /// - Returns: nil when it was asked to stop.
    /// - Throws: `Refused` when the database stays away or was not migrated.
    public static func liveGeneration(
        of database: PostgresConfiguration, patienceMilliseconds: Int = patienceMilliseconds,
        pause: (_ milliseconds: Int) -> Bool
    ) throws -> Generation? {
        var waited = 0
        while true {
            do {
                let connection = try PostgresConnection(database)
                defer { connection.close() }
                guard let generation = try LiveGeneration.read(connection) else { throw notMigrated }
                return generation
            } catch let error as PostgresError {
                if let state = error.sqlState, ["42P01", "3F000", "42501"].contains(state) { throw notMigrated }
                guard error.isRetriable || error.isConnectionLoss else { throw error }
                guard waited < patienceMilliseconds else {
                    throw Refused(
                        description: "the database did not answer within \(patienceMilliseconds / 1_000) s: \(error)")
                }
            }
            if pause(pauseMilliseconds) { return nil }
            waited += pauseMilliseconds
        }
    }

    private static let notMigrated = Refused(
        description: "the database has no generation that this account may read: run `projector migrate`")
}
