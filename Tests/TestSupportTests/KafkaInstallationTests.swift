import Foundation
import Testing

@testable import TestSupport

struct KafkaInstallationTests {
    @Test("Brokers that run come first, then the folder named, then the one beside the checkout")
    func order() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kafka-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for home in ["given", "shared/kafka"] {
            let path = "\(folder)/\(home)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let isMade = FileManager.default.createFile(
                atPath: "\(path)/kafka.sh", contents: nil, attributes: [.posixPermissions: 0o755])
            try #require(isMade)
        }
        var environment = ["KAFKA_BOOTSTRAP_SERVERS": "a:1", "KAFKA_HOME": "\(folder)/given"]
        func found() throws -> KafkaInstallation {
            try KafkaInstallation.find(environment: environment, packageRoot: "\(folder)/checkout")
        }
        #expect(try found() == .running(bootstrapServers: "a:1"))
        environment["KAFKA_BOOTSTRAP_SERVERS"] = ""
        #expect(try found() == .script(path: "\(folder)/given/kafka.sh"))
        environment["KAFKA_HOME"] = nil
        #expect(try found() == .script(path: "\(folder)/shared/kafka/kafka.sh"))
        environment["KAFKA_HOME"] = "\(folder)/nowhere"
        let error = #expect(throws: TestEnvironmentError.self) { try found() }
        #expect(error?.description.contains("\(folder)/nowhere/kafka.sh") == true)
    }
}
