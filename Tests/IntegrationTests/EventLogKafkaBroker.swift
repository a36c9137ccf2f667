import Events
import Postgres
import TestSupport

@testable import Kafka

/// Logs on a real broker, for tests of `KafkaLog`.
enum EventLogBroker {
    /// Lends an empty log with topics of its own, whose leases are in a database of its own.
    static func withLog(_ body: (KafkaLog) throws -> Void) throws {
        try EventLogDatabase.withDatabase { database in
            var configuration = KafkaConfiguration(bootstrapServers: try PrivateKafka.sharedBootstrapServers)
            configuration.topicPrefix = PrivateKafka.uniqueTopicPrefix()
            let leases = database.log(as: "pnl_projector")
            let log = KafkaLog(configuration) { try leases.makeOwnership(group: $0) }
            _ = try log.createTopics(settings: .singleBroker)
            // A test that has failed says more than topics left behind.
            defer { try? log.deleteTopics() }
            try body(log)
        }
    }

    /// A log without leases.
    static func log(_ configuration: KafkaConfiguration, partitionCounts: [Topic: Int32] = [:]) -> KafkaLog {
        KafkaLog(configuration, partitionCounts: partitionCounts) { _ in
            throw TestEnvironmentError("this log was given no leases")
        }
    }
}
