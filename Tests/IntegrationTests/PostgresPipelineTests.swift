import Postgres
import TestSupport
import Testing

@Suite("PostgresPipeline")
struct PostgresPipelineTests {
    private static let double = PostgresStatement(name: "double", "SELECT $1::bigint * 2")
    private static let divide = PostgresStatement(name: "divide", "SELECT 84 / $1::bigint")
    private static let broken = PostgresStatement(name: "broken", "SELECT nothing($1::bigint)")

    @Test("A round of any size is answered in order")
    func order() throws {
        try withPipeline { pipeline, _ in
            for count in [0, 1, 2, 255, 256, 257, 1_000] {
                let answers = pipeline.submit((0..<count).map { PipelineRequest(Self.double, [.int64(Int64($0))]) })
                let numbers = try answers.map { try $0.get().int64(row: 0, column: 0) }
                #expect(numbers == (0..<count).map { Int64($0) * 2 })
            }
        }
    }

    @Test("A failing request fails alone, also when its statement cannot be prepared")
    func failures() throws {
        try withPipeline { pipeline, _ in
            let requests: [(PostgresStatement, Int64, String)] = [
                (Self.double, 1, "2"), (Self.divide, 0, "22012"), (Self.double, 2, "4"), (Self.broken, 1, "42883"),
                (Self.broken, 2, "42883"), (Self.divide, 2, "42"), (Self.divide, 0, "22012"), (Self.double, 3, "6"),
            ]
            for _ in 0..<2 {
                let answers = pipeline.submit(requests.map { PipelineRequest($0.0, [.int64($0.1)]) })
                #expect(answers.map(Self.text) == requests.map(\.2))
            }
        }
    }

    @Test("Megabytes of parameters and results go both ways at once without a deadlock")
    func largeRound() throws {
        try withPipeline { pipeline, _ in
            let echo = PostgresStatement(name: "echo", "SELECT $1::bytea")
            let payload = [UInt8](repeating: 7, count: 1 << 20)
            let answers = pipeline.submit((0..<32).map { _ in PipelineRequest(echo, [.bytes(payload)]) })
            for answer in answers {
                let bytes = try answer.get().bytes(row: 0, column: 0)
                #expect(bytes == payload)
            }
        }
    }

    @Test("A lost connection fails its round; the next one has a new connection")
    func loss() throws {
        try withPipeline { pipeline, administrator in
            let requests = (0..<3).map { PipelineRequest(Self.double, [.int64($0)]) }
            #expect(pipeline.submit(requests).map(Self.text) == ["0", "2", "4"])
            let victim = try #require(pipeline.backendIdentifier)
            _ = try administrator.query("SELECT pg_terminate_backend($1, 20000)", [.int32(victim)])
            for answer in pipeline.submit(requests) {
                let error = #expect(throws: PostgresError.self) { try answer.get() }
                #expect(error?.isConnectionLoss == true)
            }
            #expect(pipeline.submit(requests).map(Self.text) == ["0", "2", "4"])
            #expect(pipeline.backendIdentifier != victim)
            pipeline.close()
            let closed = #expect(throws: PostgresError.self) { try pipeline.submit(requests)[0].get() }
            #expect(closed?.code == .closed)
        }
    }

    @Test("A server that does not answer in time costs the connection, not the thread")
    func timeout() throws {
        try PrivatePostgres.shared.withDatabase { url in
            var configuration = PostgresConfiguration(url: try PostgresURL(url), applicationName: "test")
            configuration.roundTimeoutMilliseconds = 100
            let pipeline = PostgresPipeline(lazily: configuration)
            let sleep = PostgresStatement(name: "sleep", "SELECT pg_sleep(60)")
            let error = #expect(throws: PostgresError.self) { try pipeline.submit([PipelineRequest(sleep)])[0].get() }
            #expect(error?.code == .connectionLost)
            #expect(pipeline.submit([PipelineRequest(Self.double, [.int64(1)])]).map(Self.text) == ["2"])
        }
    }

    @Test("A transaction of one round trip happens as a whole or not at all")
    func transaction() throws {
        try withPipeline { pipeline, administrator in
            try administrator.execute("CREATE TABLE t (i bigint PRIMARY KEY)")
            let insert = PostgresStatement(name: "insert", "INSERT INTO t VALUES ($1) RETURNING i")
            let inserts = { (numbers: [Int64]) in numbers.map { PipelineRequest(insert, [.int64($0)]) } }
            let rows = try pipeline.transaction(inserts([1, 2]))
            let numbers = try rows.map { try $0.int64(row: 0, column: 0) }
            #expect(numbers == [1, 2])
            let error = #expect(throws: PostgresError.self) { try pipeline.transaction(inserts([3, 1, 4])) }
            #expect(error?.sqlState == "23505")
            #expect(try administrator.query("SELECT count(*) FROM t").int64(row: 0, column: 0) == 2)
            _ = try pipeline.transaction(inserts([5]))
            let victim = try #require(pipeline.backendIdentifier)
            _ = try administrator.query("SELECT pg_terminate_backend($1, 20000)", [.int32(victim)])
            let unknown = #expect(throws: PostgresError.self) { try pipeline.transaction(inserts([6])) }
            #expect(unknown?.code == .commitUnknown)
            _ = try pipeline.transaction(inserts([7]))
            #expect(try administrator.query("SELECT sum(i)::bigint FROM t").int64(row: 0, column: 0) == 15)
        }
    }

    /// The number of a result, or the state of its error.
    private static func text(of answer: Result<ResultSet, PostgresError>) -> String? {
        switch answer {
        case .success(let rows): (try? rows.int64(row: 0, column: 0)).map(String.init)
        case .failure(let error): error.sqlState
        }
    }

    private func withPipeline(_ body: (PostgresPipeline, PostgresConnection) throws -> Void) throws {
        try PrivatePostgres.shared.withDatabase { url in
            let configuration = PostgresConfiguration(url: try PostgresURL(url), applicationName: "test")
            let pipeline = try PostgresPipeline(configuration)
            defer { pipeline.close() }
            let administrator = try PostgresConnection(configuration)
            defer { administrator.close() }
            try body(pipeline, administrator)
        }
    }
}
