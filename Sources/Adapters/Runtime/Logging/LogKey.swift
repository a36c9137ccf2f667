/// Every metadata key that a log line can have: a misspelt one does not compile, and each means one thing.
public enum LogKey: String, Sendable, CaseIterable {
    // What it is about.
    case wallet
    case chain
    case asset
    case job
    case provider
    case generation
    case ruleSet = "rule_set"
    case stage
    case component

    // Where in the log.
    case logTopic = "log.topic"
    case logPartition = "log.partition"
    case logOffset = "log.offset"
    case logEpoch = "log.epoch"

    // How much, how long.
    case count
    case limit
    case batchCount = "batch.count"
    case batchBytes = "batch.bytes"
    case durationMilliseconds = "duration.ms"
    case attempt
    case retryAfterMilliseconds = "retry_after.ms"
    case lag

    // What went wrong.
    case error
    case errorCode = "error.code"
    case reason

    // The world around.
    case databaseHost = "database.host"
    case databaseName = "database.name"
    case databaseRole = "database.role"
    case httpMethod = "http.method"
    case httpRoute = "http.route"
    case httpStatus = "http.status"
    case host
    case port
    case file
    case version
    case command
    case signal
    case exitCode = "exit.code"
    case traceIdentifier = "trace.id"
}
