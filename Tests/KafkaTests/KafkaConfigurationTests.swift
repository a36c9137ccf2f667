import Events
import Testing

@testable import Kafka

@Suite("Settings of Kafka")
struct KafkaConfigurationTests {
    @Test("No value of a setting is ever shown")
    func redacted() {
        var configuration = KafkaConfiguration(bootstrapServers: "broker:9092")
        configuration.settings = ["sasl.password": "hunter2", "ssl.key.pem": "hunter2"]
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(configuration)".contains("sasl.password"))
    }

    @Test("What the log's promises rest on cannot be set", arguments: KafkaConfiguration.reservedSettings.sorted())
    func reserved(name: String) {
        #expect(failure(["\(name)": "1"]).contains(name))
    }

    @Test("A setting that is unknown or has an impossible value is named, without the value")
    func impossible() {
        for (name, value) in [("no.such.setting", "hunter2"), ("security.protocol", "hunter2")] {
            let text = failure([name: value])
            #expect(text.contains(name))
            #expect(!text.contains("hunter2"))
        }
    }

    @Test("A certificate that cannot be read is said when the log is first used")
    func missingCertificate() {
        let text = failure(["security.protocol": "ssl", "ssl.ca.location": "/no/such/file.pem"])
        #expect(text.contains("ssl.ca.location"))
    }

    @Test("The defaults are settings librdkafka takes, in every role")
    func defaults() throws {
        for role in [ClientSettings.Role.producer, .reader, .catalogue] {
            let client = try KafkaClient(
                KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), role: role, observers: KafkaObservers())
            client.close()
        }
    }

    /// What the first use says; fails when it works.
    private func failure(_ settings: [String: String]) -> String {
        var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        configuration.settings = settings
        let log = KafkaLog(configuration) { _ in throw LogError(.refused, "no leases here") }
        let error = #expect(throws: LogError.self) { try log.partitionCount(of: .jobs) }
        #expect(error?.code == .refused)
        return error?.description ?? ""
    }
}
