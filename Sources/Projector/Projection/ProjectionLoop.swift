import Accounting
import Events
import Postgres
import ReadModels
import Runtime
import Synchronization

/// Follows the log and writes base and the live generation, session after session: `projector run`.
final class ProjectionLoop: Service {
    let name = "projection"
    let completes: Bool
    private let openLog: @Sendable () throws -> any EventLog
    private let database: PostgresConfiguration
    private let owner: String
    private let ruleSetName: String
    private let context: ProjectionContext
    private let readiness: Readiness

    /// Ends by itself once nothing is left to project, if `untilCaughtUp`.
    init(
        openLog: @escaping @Sendable () throws -> any EventLog, database: PostgresConfiguration, ruleSetName: String,
        owner: String, untilCaughtUp: Bool, readiness: Readiness, context: ProjectionContext
    ) {
        (self.openLog, self.database, self.ruleSetName, self.owner) = (openLog, database, ruleSetName, owner)
        (completes, self.readiness, self.context) = (untilCaughtUp, readiness, context)
    }

    /// Runs until stopped; throws only what a person must mend.
    func run(until stop: StopFlag) throws {
        let live = try DatabaseStart.liveGeneration(of: database) { stop.wait(milliseconds: $0) }
        if let live, live.identity.ruleSet.name != ruleSetName {
            context.logger.warning(
                "The live generation has another rule set than configured; `projector rebuild` makes one",
                [.generation: .number(live.number), .ruleSet: .text(live.identity.description)])
        }
        var backoff = context.configuration.backoffMilliseconds.lowerBound
        var batchCount = context.configuration.batchCount
        while !stop.isRaised {
            do {
                if try follow(until: stop, batchCount: &batchCount) { return }
                backoff = context.configuration.backoffMilliseconds.lowerBound
            } catch let error as PostgresError where error.isStatementTimeout && batchCount > 1 {
                // The same batch would take as long again: half of it comes through, or a quarter.
                batchCount /= 2
                context.logger.warning("Batch halved after a statement's timeout", [.batchCount: .number(batchCount)])
            } catch let error where Self.mayPass(error) {
                readiness.set(.failing(String(describing: error)))
                context.metrics.sessionFailures.increment()
                context.logger.warning(
                    "Projection interrupted",
                    [.error: .text(String(describing: error)), .retryAfterMilliseconds: .number(backoff)])
                _ = stop.wait(milliseconds: backoff)
                backoff = min(backoff * 2, context.configuration.backoffMilliseconds.upperBound)
            }
        }
    }

    /// One session; true when there is nothing left to project and that was asked for.
    private func follow(until stop: StopFlag, batchCount: inout Int) throws -> Bool {
        let connection = try PostgresConnection(database)
        defer { connection.close() }
        guard let generation = try LiveGeneration.read(connection) else { throw ProjectorError.notMigrated }
        let log = try openLog()
        var leases = try PartitionLeases(
            log: log, topic: .walletTransactions, owner: owner, configuration: context.configuration)
        defer { leases.close() }
        guard try leases.takeAll(until: stop, { readiness.set(.standby) }) else { return false }
        let reader = try log.makeReader()
        defer { reader.close() }
        var session = try ProjectionSession(
            connection: connection, reader: reader, generation: generation, owner: owner,
            partitionCount: leases.partitionCount, context: context)
        context.logger.info(
            "Projecting", [.generation: .number(generation.number), .ruleSet: .text("\(generation.identity)")])
        readiness.set(.projecting(generation))
        while !stop.isRaised {
            guard try leases.renewIfDue(), try session.isLive() else { return false }
            switch try session.projectNext(count: batchCount, keep: { try leases.renewIfDue() }) {
            case .projected: batchCount = min(batchCount * 2, context.configuration.batchCount)
            case .lost: return false
            case .nothing:
                if completes { return true }
                _ = try session.waitForMore()
            }
        }
        return false
    }

    /// Whether the same work may succeed later without anybody's hand.
    private static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case let error as PostgresError: error.isRetriable || error.isConnectionLoss || error.isServerShortage
        case let error as LogError: error.isRetriable
        case is ProjectionProgress.Lost: true
        default: false
        }
    }
}

extension PostgresError {
    /// The statement took longer than it may.
    fileprivate var isStatementTimeout: Bool { sqlState == "57014" }

    /// Disk full, out of memory, too many connections, shutting down: SQLSTATE classes 53, 57 and 58 pass, but for a
    /// statement that would take too long again.
    fileprivate var isServerShortage: Bool {
        guard let sqlState, !isStatementTimeout else { return false }
        return ["53", "57", "58"].contains { sqlState.hasPrefix($0) }
    }
}
