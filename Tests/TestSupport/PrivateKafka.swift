import Foundation
import Glibc
import Synchronization

/// An Apache Kafka broker of the test process's own, on loopback. It is killed and deleted when the process ends,
/// however that happens: a watcher is left behind.
public final class PrivateKafka: Sendable {
    private let script: String
    private let directory: String
    private let settings: String
    private let port: Int
    private static let started = Result { try PrivateKafka() }
    private static let prefixCount = Atomic<Int>(0)

    /// Where clients connect.
    public let bootstrapServers: String

    /// The addresses of the broker that all tests share: the one that runs already, or one started by the first that
    /// asks.
    public static var sharedBootstrapServers: String {
        get throws {
            if case .running(let servers) = try KafkaInstallation.find() { return servers }
            return try started.get().bootstrapServers
        }
    }

    /// A prefix for names of topics that nobody else uses.
    public static func uniqueTopicPrefix() -> String {
        let number = prefixCount.add(1, ordering: .relaxed).newValue
        return "test-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))-\(number)."
    }

    /// Starts a broker for one test that stops or kills it; `settings` are words of the form `key=value`.
    public init(settings: String = "") throws {
        script = try KafkaInstallation.script()
        self.settings = settings
        directory = FileManager.default.temporaryDirectory.appending(path: "wallet-pnl-kafka-\(UUID().uuidString)").path
        port = try Self.freePort()
        bootstrapServers = "127.0.0.1:\(port)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try watch()
        try start()
    }

    deinit {
        _ = try? command("kill")
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Starts it again after `kill` or `stop`; it recovers its log.
    public func start() throws { try command("start", String(port)) }

    /// Ends the broker with SIGKILL, as a power failure would.
    public func kill() throws { try command("kill") }

    /// Stops it as an operator would.
    public func stop() throws { try command("stop") }

    private func command(_ name: String, _ arguments: String...) throws {
        _ = try Subprocess.output(
            script, [name, directory] + arguments,
            environment: ["KAFKA_SET": settings, "KAFKA_HEAP": "384m"], timeoutMilliseconds: 120_000)
    }

    /// Leaves a process behind, in a session of its own, that ends the broker when this one is gone.
    private func watch() throws {
        let waiting = """
            setsid bash -c 'while kill -0 "$1" 2>/dev/null && [[ -d $3 ]]; do sleep 0.5; done
            [[ -d $3 ]] && { "$2" kill "$3"; rm -rf -- "$3"; }' watch "$1" "$2" "$3" </dev/null >/dev/null 2>&1 &
            """
        let owner = String(ProcessInfo.processInfo.processIdentifier)
        _ = try Subprocess.output("bash", ["-c", waiting, "start", owner, script, directory])
    }

    /// A port that is free, as is the next one, which the broker takes for its controller.
    private static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port), isFree(port + 1) { return port }
        }
        throw TestEnvironmentError("no two neighbouring ports are free between 20000 and 32000")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
