import Accounting
import Events
import HTTPServer
import ReadModels
import Testing

@testable import QueryAPI

@Suite("Questions about the past")
struct PastSelectionTests {
    private static let now: Int64 = 1_760_000_123_456_789

    private func parameters(_ text: String) throws -> Parameters {
        Parameters(try Request(method: .get, target: "/?\(text)").query)
    }

    private func selection(_ text: String) throws -> PastSelection {
        try PastSelection(parameters(text), now: Self.now, partitionCount: 16)
    }

    @Test("Without parameters what is stored is asked for")
    func stored() throws {
        #expect(try selection("").isStored)
        #expect(try selection("method=FIFO").isStored)
        #expect(try !selection("method=average").isStored)
    }

    @Test("Moments are read in both forms and positions by their shape")
    func forms() throws {
        let selection = try selection("method=hifo&as_of=2025-01-01T00:00:00Z&known_at=3:41")
        #expect(selection.method == .hifo)
        #expect(selection.asOf == 1_735_689_600_000_000)
        #expect(selection.knownAt == .position(partition: 3, offset: 41))
        #expect(try self.selection("known_at=1735689600000000").knownAt == .time(1_735_689_600_000_000))
        #expect(try self.selection("known_at=2025-01-01T00:00:00Z").knownAt == .time(1_735_689_600_000_000))
    }

    @Test(
        "Bad values are refused",
        arguments: [
            "method=best", "as_of=2099-01-01T00:00:00Z", "as_of=yesterday", "as_of=-1", "known_at=16:1",
            "known_at=3:99999999999999999999", "known_at=2099-01-01T00:00:00Z", "known_at=3:", "known_at=3:4:5",
            "as_of=1&as_of=2",
        ])
    func refusals(text: String) {
        let error = #expect(throws: APIError.self) { try selection(text) }
        #expect(error?.code == .invalidParameter)
    }

    @Test("A relative window ends with the minute that began last, other windows where they say")
    func windows() throws {
        let day = try #require(try WindowSelection.read(parameters("window=24h"), now: Self.now))
        #expect(day.interval.upperBound == 1_760_000_100_000_000)
        #expect(day.interval.lowerBound == 1_760_000_100_000_000 - UTCDay.microseconds)
        let stated = try WindowSelection.read(parameters("from=5&to=7"), now: Self.now)
        #expect(stated?.interval == 5..<7)
        #expect(try WindowSelection.read(parameters("to=7"), now: Self.now)?.interval == Int64.min..<7)
        #expect(try WindowSelection.read(parameters(""), now: Self.now) == nil)
        for text in ["window=2d", "window=24h&from=1", "from=7&to=7", "from=x"] {
            #expect(throws: APIError.self) { try WindowSelection.read(parameters(text), now: Self.now) }
        }
    }

    @Test("A cursor is read as it was written, and nothing else is")
    func cursors() throws {
        let cursor = PageCursor(generation: 2, partition: 3, offset: 41, place: "200")
        #expect(try PageCursor(text: cursor.text) == cursor)
        #expect(try cursor.index() == 200)
        for text in ["", "2.3.41", "2.3.41.", "0.3.41.1", "2.-1.41.1", "x.3.41.1", "2.3.41.1.5"] {
            #expect(throws: APIError.self) { try PageCursor(text: text) }
        }
        let identity = GenerationIdentity(ruleSet: R2.identity)
        try cursor.check(Generation(number: 2, identity: identity))
        let gone = #expect(throws: APIError.self) { try cursor.check(Generation(number: 3, identity: identity)) }
        #expect(gone?.code.status == 410)
    }

    @Test("Pages cover a list without gaps and end with it")
    func pages() throws {
        let first = try PageRequest(parameters("limit=2"))
        #expect(try first.range(of: 5) == 0..<2)
        let last = try PageRequest(parameters("limit=2&cursor=1.0.0.4"))
        #expect(try last.range(of: 5) == 4..<5)
        #expect(throws: APIError.self) { try last.range(of: 3) }
        for text in ["limit=0", "limit=1001", "cursor=x"] {
            #expect(throws: APIError.self) { try PageRequest(parameters(text)) }
        }
    }

    @Test("A moment of chain time leaves out what happened later, and nothing that is knowledge")
    func asOf() throws {
        let history = PastHistories.history(seed: 3, transactions: 90)
        let moment = PastHistories.start + 15 * 600_000_000
        let past = history.asOf(moment)
        #expect(past.count < history.count)
        for recorded in past.events {
            switch recorded.event.body {
            case .transactionObserved(let event): #expect(event.minedAt <= moment)
            case .priceObserved(let event): #expect(event.time <= moment)
            default: break
            }
        }
        func corrections(_ history: WalletHistory) -> Int {
            history.events.count { $0.event.body.kind == .correctionMade }
        }
        #expect(corrections(history) > 0)
        #expect(corrections(past) == corrections(history))
        #expect(history.asOf(.max).count == history.count)
        #expect(try R2.fold(history.asOf(.max)) == R2.fold(history))
    }

    @Test("Only eight questions wait for the one that is answered")
    func places() throws {
        let reader = PastReader()
        for _ in 0..<9 { try reader.enter() }
        let refused = #expect(throws: APIError.self) { try reader.enter() }
        #expect(refused?.code == .overloaded)
        #expect(refused?.retryAfterSeconds != nil)
        reader.leave()
        try reader.enter()
    }

    @Test("Rule set r1 knows one method")
    func methods() throws {
        let history = PastHistories.history(seed: 1, transactions: 5)
        #expect(throws: APIError.self) { try FoldingRules.r1.fold(history, method: .lifo) }
        #expect(try FoldingRules.r1.fold(history, method: .fifo) == R1.fold(history))
        #expect(throws: APIError.self) {
            try FoldingRules(
                Generation(
                    number: 1, identity: GenerationIdentity(ruleSet: RuleSetIdentity(name: "r9", version: 1))))
        }
    }
}
