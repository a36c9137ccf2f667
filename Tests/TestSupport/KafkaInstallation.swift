import Foundation

/// Where the tests find an Apache Kafka: brokers that run already, or the jars to start one of their own.
public enum KafkaInstallation: Sendable, Equatable {
    /// Brokers somebody else runs, from `KAFKA_BOOTSTRAP_SERVERS`.
    case running(bootstrapServers: String)
    /// A script that starts and stops a broker: `kafka.sh` in `KAFKA_HOME`, else in `../shared/kafka`.
    case script(path: String)

    /// What there is; throws a remedy when there is nothing.
    public static func find() throws -> KafkaInstallation {
        try find(environment: ProcessInfo.processInfo.environment, packageRoot: PackageRoot.path)
    }

    /// The same in another environment.
    static func find(environment: [String: String], packageRoot: String) throws -> KafkaInstallation {
        if let servers = environment["KAFKA_BOOTSTRAP_SERVERS"], !servers.isEmpty {
            return .running(bootstrapServers: servers)
        }
        return .script(path: try script(environment: environment, packageRoot: packageRoot))
    }

    /// What starts a broker of one's own, whether or not others run.
    static func script() throws -> String {
        try script(environment: ProcessInfo.processInfo.environment, packageRoot: PackageRoot.path)
    }

    private static func script(environment: [String: String], packageRoot: String) throws -> String {
        let given = environment["KAFKA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let home = given ?? URL(filePath: packageRoot).deletingLastPathComponent().path + "/shared/kafka"
        let script = "\(home)/kafka.sh"
        guard FileManager.default.isExecutableFile(atPath: script) else {
            throw TestEnvironmentError(
                """
                no Apache Kafka: there is no \(script). Set KAFKA_BOOTSTRAP_SERVERS to brokers that run, or KAFKA_HOME \
                to a folder with kafka.sh and Kafka's jars
                """)
        }
        return script
    }

    /// Whether tests that need a broker run. Without one they are left out with a warning that cannot be overlooked,
    /// but not in continuous integration: there they run, and fail.
    public static let isExpected = isExpected { _ = try find() }

    /// The same for tests that kill a broker of their own.
    public static let isOwnBrokerExpected = isExpected { _ = try script() }

    private static func isExpected(_ look: () throws -> Void) -> Bool {
        do {
            try look()
            return true
        } catch {
            guard ProcessInfo.processInfo.environment["CI"] == nil else { return true }
            FileHandle.standardError.write(Data("\n*** TESTS AGAINST KAFKA ARE LEFT OUT: \(error)\n\n".utf8))
            return false
        }
    }
}
