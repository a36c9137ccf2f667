import Events
import MockKafka
import Testing

@testable import Kafka

/// The numbers of errors are the protocol's.
@Suite("Appending to brokers that fail")
struct AppenderErrorTests {
    @Test(
        "An error that passes is retried: each record is acknowledged once, in order", arguments: [6, 7, 19] as [Int32])
    func passingError(number: Int32) throws {
        let cluster = MockCluster()
        let appender = cluster.log().makeAppender()
        defer { appender.close() }
        cluster.push(number, 3, to: mock_kafka_produce)
        let results = appender.append(try Sample.records(100), to: .jobs)
        #expect(try results.map { try $0.get().offset } == Array(0..<100))
    }

    @Test(
        "An error that stays fails each record under its own code",
        arguments: [
            (29, .refused), (10, .tooLarge), (18, .tooLarge), (3, .mismatch), (87, .refused),
        ] as [(Int32, LogError.Code)])
    func stayingError(number: Int32, code: LogError.Code) throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.deliveryTimeoutMilliseconds = 1_500
        let appender = cluster.log(configuration).makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append([try Sample.record(0)], to: .jobs)) == [nil])
        cluster.push(number, 1_000, to: mock_kafka_produce)
        let codes = Sample.codes(appender.append(try Sample.records(3), to: .jobs))
        #expect(codes.allSatisfy { $0 == code || $0 == .unavailable })
        #expect(codes.contains(code) || number == 3)
    }

    @Test("After a fatal error the records fail as retriable, and the next append has a new producer")
    func fatalError() throws {
        let cluster = MockCluster()
        let log = cluster.log()
        let appender = log.makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(2), to: .jobs)) == [nil, nil])
        cluster.push(Self.outOfOrderSequence, to: mock_kafka_produce)
        let failed = appender.append(try Sample.records(3), to: .jobs)
        #expect(Sample.codes(failed) == [.unavailable, .unavailable, .unavailable])
        #expect(cluster.hears { $0.severity == .error && $0.client == "producer" })
        let results = appender.append(try Sample.records(3), to: .jobs)
        #expect(Sample.codes(results) == [nil, nil, nil])
        let other = log.makeAppender()
        defer { other.close() }
        #expect(Sample.codes(other.append(try Sample.records(1), to: .jobs)) == [nil])
    }

    @Test("A broker that is away fails the records within the bound; when it is back, the same appender goes on")
    func brokerAway() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.deliveryTimeoutMilliseconds = 1_000
        let appender = cluster.log(configuration).makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [nil])
        cluster.setUp(false)
        let records = try Sample.records(2)
        let duration = ContinuousClock().measure {
            #expect(Sample.codes(appender.append(records, to: .jobs)) == [.unavailable, .unavailable])
        }
        #expect(duration < .seconds(10))
        cluster.setUp(true)
        // Each append waits for the broker as long as a record may take.
        #expect((0..<10).contains { _ in Sample.codes(appender.append(records, to: .jobs)) == [nil, nil] })
    }

    @Test("An append larger than the queue waits for room and loses nothing")
    func backpressure() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.sendQueueRecords = 10
        let appender = cluster.log(configuration).makeAppender()
        defer { appender.close() }
        let results = appender.append(try Sample.records(1_000), to: .jobs)
        #expect(try results.map { try $0.get().offset } == Array(0..<1_000))
    }

    @Test("A queue that stays full fails the records after the bound, as retriable")
    func fullQueue() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.sendQueueRecords = 10
        configuration.deliveryTimeoutMilliseconds = 1_000
        let appender = cluster.log(configuration).makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [nil])
        cluster.setUp(false)
        let codes = Sample.codes(appender.append(try Sample.records(100), to: .jobs))
        #expect(codes.count == 100)
        #expect(codes.allSatisfy { $0 == .unavailable })
    }

    @Test("Too large a value and a time that cannot be named fail alone, without a broker's help")
    func refusedAlone() throws {
        let cluster = MockCluster()
        let appender = cluster.log().makeAppender()
        defer { appender.close() }
        var records = try Sample.records(4)
        records[1].value = [UInt8](repeating: 0, count: LogRecord.maximumValueByteCount + 1)
        records[2].time = .max
        #expect(Sample.codes(appender.append(records, to: .jobs)) == [nil, .tooLarge, .refused, nil])
    }

    @Test("A topic with other partitions than recorded is refused, and so is one that is missing")
    func mismatch() throws {
        let cluster = MockCluster(partitionCount: 3)
        let log = cluster.log()
        let appender = log.makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(2), to: .jobs)) == [.mismatch, .mismatch])
        let error = #expect(throws: LogError.self) { try log.partitionCount(of: .jobs) }
        #expect(error?.description.contains("3 partitions") == true)
    }

    @Test("Brokers that are not there are reported as away, within the bound")
    func nobodyThere() throws {
        var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        configuration.requestTimeoutMilliseconds = 300
        let log = KafkaLog(configuration) { _ in throw LogError(.refused, "no leases here") }
        let appender = log.makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [.unavailable])
        let reader = log.makeReader()
        defer { reader.close() }
        let error = #expect(throws: LogError.self) { try reader.wait(for: Sample.start, timeoutMilliseconds: 1) }
        #expect(error?.isRetriable == true)
    }

    @Test("A handshake that fails is named in the error, not only that nothing answered")
    func failedHandshake() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.requestTimeoutMilliseconds = 1_000
        // The mock brokers speak no TLS.
        configuration.settings["security.protocol"] = "ssl"
        let error = #expect(throws: LogError.self) { try cluster.log(configuration).partitionCount(of: .jobs) }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("SSL") == true, "\(String(describing: error))")
    }

    @Test("Closing ends within its bound though the broker does not answer")
    func boundedClose() throws {
        let cluster = MockCluster()
        let appender = cluster.log().makeAppender()
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [nil])
        cluster.setUp(false)
        #expect(ContinuousClock().measure { appender.close() } < .seconds(8))
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [.closed])
    }

    @Test("Statistics and librdkafka's own words reach the observers")
    func observers() throws {
        let cluster = MockCluster()
        var configuration = cluster.configuration
        configuration.statisticsIntervalMilliseconds = 20
        let appender = cluster.log(configuration).makeAppender()
        defer { appender.close() }
        #expect(Sample.codes(appender.append(try Sample.records(1), to: .jobs)) == [nil])
        #expect(cluster.counts("\"msg_cnt\""))
        cluster.setUp(false)
        #expect(cluster.hears { $0.client == "producer" })
    }

    private static let outOfOrderSequence: Int32 = 45
}
