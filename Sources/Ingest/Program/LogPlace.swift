import Events
import Kafka
import Postgres
import ReadModels
import Runtime

/// Where the log lies that the settings name: on Kafka when brokers are given, else in the database.
struct LogPlace: Sendable {
    private let kafka: KafkaConfiguration?
    private let logger: Logger

    init(_ values: SettingValues, logger: Logger) {
        kafka = values[IngestSettings.kafkaBrokers].map { brokers in
            var configuration = KafkaConfiguration(bootstrapServers: brokers)
            configuration.topicPrefix = values[IngestSettings.kafkaTopicPrefix] ?? ""
            return configuration
        }
        self.logger = logger
    }

    /// Opens the log; one on Kafka asks the database how many partitions were recorded.
    func open(_ database: PostgresConfiguration) throws -> any EventLog {
        try openKafka(database) ?? PostgresLog(database)
    }

    /// Opens the log on Kafka; nil when it does not lie there. Leases are kept in the database either way.
    func openKafka(_ database: PostgresConfiguration) throws -> KafkaLog? {
        guard let kafka else { return nil }
        let connection = try PostgresConnection(database)
        defer { connection.close() }
        let logger = logger
        let observers = KafkaObservers(notice: { notice in
            guard notice.severity <= .warning else { return }
            logger.warning("Kafka", [.component: .text(notice.client), .reason: .text(notice.text)])
        })
        return KafkaLog(
            kafka, partitionCounts: try RecordedTopics.partitionCounts(connection), observers: observers,
            makeOwnership: { try PostgresLog(database).makeOwnership(group: $0) })
    }
}
