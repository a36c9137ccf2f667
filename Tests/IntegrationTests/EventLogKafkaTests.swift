import Events
import Foundation
import TestSupport
import Testing

@testable import Kafka

@Suite("KafkaLog", .enabled(if: KafkaInstallation.isExpected))
struct EventLogKafkaTests {
    @Test("KafkaLog meets the requirement", arguments: EventLogConformance.requirements)
    func conforms(to requirement: EventLogRequirement) throws {
        try EventLogBroker.withLog { try requirement.check($0) }
    }

    @Test("Creating topics again creates nothing, and other partition counts are refused")
    func creation() throws {
        var configuration = KafkaConfiguration(bootstrapServers: try PrivateKafka.sharedBootstrapServers)
        configuration.topicPrefix = PrivateKafka.uniqueTopicPrefix()
        let log = EventLogBroker.log(configuration)
        let error = #expect(throws: LogError.self) { try log.partitionCount(of: .jobs) }
        #expect(error?.code == .mismatch)
        #expect(try log.createTopics([.jobs], settings: .singleBroker) == [.jobs])
        #expect(try log.createTopics(settings: .singleBroker) == [.walletTransactions, .providerPayloads])
        #expect(try log.createTopics(settings: .singleBroker).isEmpty)
        let other = EventLogBroker.log(configuration, partitionCounts: [.walletTransactions: 8])
        for attempt in [
            { try other.createTopics(settings: .singleBroker) },
            { try [other.partitionCount(of: .walletTransactions)] },
        ] as [() throws -> Any] {
            let error = #expect(throws: LogError.self) { try attempt() }
            #expect(error?.code == .mismatch)
        }
        let record = try EventLogConformance.record(1, key: [1])
        let appender = other.makeAppender()
        defer { appender.close() }
        #expect(
            appender.append([record], to: .walletTransactions).map(EventLogConformance.code) == [.mismatch])
        try log.deleteTopics()
    }

    @Test("More copies than there are brokers are refused in plain words")
    func tooManyCopies() throws {
        var configuration = KafkaConfiguration(bootstrapServers: try PrivateKafka.sharedBootstrapServers)
        configuration.topicPrefix = PrivateKafka.uniqueTopicPrefix()
        var settings = KafkaTopicSettings()
        settings.replicationFactor = 99
        let error = #expect(throws: LogError.self) {
            try EventLogBroker.log(configuration).createTopics([.jobs], settings: settings)
        }
        #expect(error?.code == .refused)
    }

    @Test(
        "A reader and an appender that are kept go on by themselves after the broker was killed; nothing is lost",
        .enabled(if: KafkaInstallation.isOwnBrokerExpected))
    func brokerKilled() throws {
        let broker = try PrivateKafka()
        var configuration = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        configuration.deliveryTimeoutMilliseconds = 2_000
        configuration.requestTimeoutMilliseconds = 2_000
        let log = EventLogBroker.log(configuration)
        _ = try log.createTopics([.jobs], settings: .singleBroker)
        let appender = log.makeAppender()
        defer { appender.close() }
        let reader = log.makeReader()
        defer { reader.close() }
        var acknowledged: [LogPosition: Digest] = [:]
        var batch = RecordBatch()
        var next = LogPosition(topic: .jobs, partition: 0, offset: 0)
        func append(_ numbers: Range<Int>) throws -> Int {
            let records = try numbers.map { try EventLogConformance.record($0, key: [1]) }
            var count = 0
            for (record, result) in zip(records, appender.append(records, to: .jobs)) {
                guard case .success(let position) = result else { continue }
                acknowledged[position] = record.id
                count += 1
            }
            return count
        }
        func read() throws {
            try reader.read(from: [next], maximumCount: 10_000, maximumByteCount: 1 << 20, into: &batch)
            next.offset = batch.entries.last.map { $0.position.offset + 1 } ?? 0
        }
        for round in 0..<DisturbanceCount.of(10) {
            let start = round * 10_000
            #expect(try append(start..<start + 1_000) == 1_000)
            try read()
            try broker.kill()
            #expect(try append(start + 1_000..<start + 1_010) == 0)
            #expect(throws: LogError.self) { try read() }
            try broker.start()
            // The clients come back by themselves, within a second after the broker.
            let isBack = try (0..<30).contains { try append(start + 2_000 + $0 * 10..<start + 2_010 + $0 * 10) == 10 }
            #expect(isBack)
            while try reader.endOffsets(of: .jobs)[0] > next.offset { try read() }
        }
        let found = Dictionary(uniqueKeysWithValues: batch.entries.map { ($0.position, $0.id) })
        for (position, id) in acknowledged { #expect(found[position] == id) }
    }
}
