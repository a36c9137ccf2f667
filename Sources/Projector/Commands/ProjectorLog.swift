import Events
import Kafka
import Postgres
import ReadModels
import Runtime

/// The log that the settings name: on Kafka when brokers are given, else in the same PostgreSQL.
enum ProjectorLog {
    /// Opens it; a log on Kafka needs the database to say how many partitions were recorded.
    static func open(_ values: SettingValues, _ database: PostgresConfiguration, _ logger: Logger?) throws
        -> any EventLog
    {
        guard let brokers = values[ProjectorSettings.kafkaBrokers] else { return PostgresLog(database) }
        let connection = try PostgresConnection(database)
        defer { connection.close() }
        var configuration = KafkaConfiguration(bootstrapServers: brokers)
        configuration.topicPrefix = values[ProjectorSettings.kafkaTopicPrefix] ?? ""
        return KafkaLog(
            configuration, partitionCounts: try RecordedTopics.partitionCounts(connection),
            observers: KafkaObservers(notice: { notice in
                guard notice.severity <= .warning else { return }
                logger?.warning("Kafka", [.component: .text(notice.client), .reason: .text(notice.text)])
            }),
            makeOwnership: { try PostgresLog(database).makeOwnership(group: $0) })
    }
}
