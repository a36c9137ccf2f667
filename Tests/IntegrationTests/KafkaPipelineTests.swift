import Foundation
import TestSupport
import Testing

/// The same programs on a real Apache Kafka: topics, import, projection.
@Suite("From recorded pages to read models over Kafka", .enabled(if: KafkaInstallation.isExpected))
struct KafkaPipelineTests {
    @Test("A log on Kafka leads to the state that the embedded log leads to, and twice is once")
    func examples() throws {
        let embedded = try Installation(server: .shared)
        let pages = try PackageRoot.file("Examples")
        try Programs(embedded).importPages(pages)
        try embedded.project()

        let installation = try Installation(server: .shared)
        let kafka = [
            "KAFKA_BROKERS": try PrivateKafka.sharedBootstrapServers,
            "KAFKA_TOPIC_PREFIX": PrivateKafka.uniqueTopicPrefix(),
        ]
        func run(_ program: String, _ arguments: [String], as role: String) throws -> Subprocess.Output {
            try Subprocess.run(
                PackageRoot.executable(program), arguments,
                environment: kafka.merging(["DATABASE_URL": installation.url(role), "PROJECTOR_ADMIN_PORT": "0"]) {
                    $1
                },
                timeoutMilliseconds: 120_000)
        }
        let topics = try run("ingest", ["topics", "--replicas", "1"], as: "pnl_appender")
        #expect(topics.status == 0 && topics.standardOutput.contains("created wallet-transactions"), "\(topics)")
        #expect(
            try run("ingest", ["topics", "--replicas", "1"], as: "pnl_appender").standardOutput == "nothing to do\n")
        #expect(try run("ingest", ["import", "--pages", pages], as: "pnl_appender").status == 0)
        let again = try run("ingest", ["import", "--pages", pages], as: "pnl_appender")
        #expect(again.standardOutput.contains("Nothing new"), "\(again)")
        let projected = try run("projector", ["run", "--until-caught-up"], as: "pnl_projector")
        #expect(projected.status == 0, "\(projected)")
        #expect(try run("projector", ["status"], as: "pnl_projector").status == 0)
        #expect(try installation.hash() == embedded.hash())
        #expect(try installation.rows("SELECT count(*) FROM log.records") == ["0"])
    }
}
