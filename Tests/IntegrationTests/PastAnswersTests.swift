import Accounting
import Events
import Foundation
import ReadModels
import TestSupport
import Testing

/// What was known when, how else lots could be used up, and what corrections change: asked over HTTP.
@Suite("The past over HTTP")
struct PastAnswersTests {
    @Test("A late price and a correction change the answer from the moment they were known, and not before")
    func knowledge() throws {
        let story = try PastStory()
        // Nobody had said what the swap was worth: lots carried over, nothing was realised.
        #expect(try story.realised("?known_at=\(story.position(1))") == "0")
        #expect(try story.realised("?known_at=\(PastStory.time(of: 1))") == "0")
        // The late price values the sale of half of it: 150 for what cost 50.
        #expect(try story.realised("?known_at=\(story.position(2))") == "100")
        #expect(try story.unrealised("?known_at=\(story.position(2))") == "100")
        // The correction says 50 a unit of what is left, and was taken back.
        #expect(try story.unrealised("?known_at=\(story.position(3))") == "200")
        #expect(try story.unrealised("") == "100")
        #expect(try story.realised("?known_at=\(story.position(4))") == story.realised(""))
        #expect(try story.answer("?known_at=\(story.position(2))")["position"] as? String == story.position(2))
    }

    @Test("A moment of the chain's time leaves out what happened later")
    func chainTime() throws {
        let story = try PastStory()
        #expect(try story.realised("?as_of=\(PastStory.minute)") == "0")
        #expect(try story.realised("?as_of=1970-01-01T00:02:00Z") == "100")
        let before = try story.answer("?as_of=0")
        #expect((before["completeness"] as? [String: Any])?["transactions"] as? Int == 0)
    }

    @Test("Each correction shows what it changes, and who took it back")
    func corrections() throws {
        let story = try PastStory()
        func list(_ query: String) throws -> [[String: Any]] {
            let data = try story.answer("/corrections" + query)["data"] as? [String: Any]
            return try #require(data?["corrections"] as? [[String: Any]])
        }
        let inForce = try #require(try list("?known_at=\(story.position(3))").first)
        #expect(inForce["state"] as? String == "in_force")
        #expect(inForce["author"] as? String == "ada")
        #expect(inForce["reason"] as? String == "the pool was drained")
        let delta = try #require(inForce["delta"] as? [String: Any])
        #expect(delta["realized_usd"] as? String == "0")
        #expect(delta["total_usd"] as? String == "100")
        #expect((delta["tokens"] as? [[String: Any]])?.count == 1)
        let undone = try #require(try list("").first)
        #expect(undone["state"] as? String == "undone")
        #expect(undone["delta"] is NSNull)
        #expect((undone["undone"] as? [String: Any])?["author"] as? String == "bob")
    }

    @Test("Every method answers from the same events")
    func methods() throws {
        let story = try PastStory(prices: [100, 300, 200])
        // Ten at 10, ten at 30, ten at 20; ten are sold for 250.
        for (method, realised) in [("fifo", "150"), ("lifo", "50"), ("hifo", "-50"), ("average", "50")] {
            #expect(try story.realised("?method=\(method)") == realised, "\(method)")
            let explained = try #require(
                try story.answer("/explain?figure=realized&method=\(method)")["data"] as? [String: Any])
            #expect(explained["value"] as? String == realised)
            #expect(explained["adds_up"] as? Bool == true)
        }
        let question = try story.answer("?method=hifo")["data"] as? [String: Any]
        #expect((question?["question"] as? [String: Any])?["method"] as? String == "hifo")
    }

    @Test("What cannot be answered is refused with the reason's status")
    func refusals() throws {
        let story = try PastStory()
        let other = (story.partition + 1) % 16
        for query in [
            "?method=best", "?as_of=2999-01-01T00:00:00Z", "?known_at=2999-01-01T00:00:00Z", "?as_of=soon",
            "?known_at=\(story.partition):5", "?known_at=\(other):0", "?known_at=99:0", "?window=2d",
            "?window=1y&from=1", "/disposals?kind=gift", "/disposals?limit=0", "/disposals?token=0x1", "/lots?cursor=x",
            "/explain", "/explain?figure=luck", "/explain?figure=held_quantity", "/explain?figure=total&part=some",
            "/events?cursor=1.0.0.abc",
        ] {
            #expect(try story.served.status(story.path + query) == 400, "\(query)")
        }
        #expect(try story.served.status("\(story.path)/tokens/\(Scenario.address([8, 8]).text(on: .solana))") == 404)
        let unknown = Scenario.wallet(77).address.text(on: .solana)
        #expect(try story.served.status("/api/v3/wallets/\(unknown)?method=lifo") == 404)
        let tracked = Scenario.wallet(78)
        try story.track(tracked)
        let pending = "/api/v3/wallets/\(tracked.address.text(on: .solana))"
        #expect(try story.served.status(pending) == 202)
        #expect(try story.served.status("\(pending)/lots") == 202)
        let state = try story.served.get(pending)["completeness"] as? [String: Any]
        #expect(state?["state"] as? String == "pending")
    }

    @Test("A wallet with more events than are folded for a question is refused, and still served as it is stored")
    func bounds() throws {
        let story = try PastStory()
        _ = try story.installation.rows("UPDATE base.wallet_events SET event_count = 200001")
        #expect(try story.served.status("\(story.path)?method=lifo") == 422)
        #expect(try story.served.status("\(story.path)/disposals.csv") == 422)
        #expect(try story.served.status(story.path) == 200)
        #expect(try story.served.status("\(story.path)/tokens") == 200)
    }

    @Test("What follows an event that cannot be read does not count, and the answer says so")
    func degraded() throws {
        let story = try PastStory(prices: [100])
        let sound = try story.answer("?method=lifo")
        #expect((sound["completeness"] as? [String: Any])?["is_degraded"] as? Bool == false)
        try story.appendPoison()
        let answer = try story.answer("?method=average")
        #expect((answer["completeness"] as? [String: Any])?["is_degraded"] as? Bool == true)
        #expect(try story.realised("?method=average") == story.realised("?method=lifo"))
    }

    @Test("A cursor goes on with the state of its first page, and is gone after a flip")
    func cursors() throws {
        let story = try PastStory(prices: [100, 300, 200])
        func events(_ query: String) throws -> (subjects: [String], cursor: String?) {
            let data = try #require(try story.answer("/events?limit=2\(query)")["data"] as? [String: Any])
            let rows = try #require(data["events"] as? [[String: Any]])
            return (rows.compactMap { $0["subject"] as? String }, data["next_cursor"] as? String)
        }
        let first = try events("")
        #expect(first.subjects == ["transaction-3", "transaction-2"])
        let cursor = try #require(first.cursor)
        // What arrives between two pages moves nothing.
        try story.append(story.purchase(4, cost: 5))
        #expect(try events("&cursor=\(cursor)").subjects == ["transaction-1", "transaction-0"])
        #expect(try events("").subjects.first == "transaction-4")
        let tokens = try #require(try story.answer("/tokens?limit=1")["data"] as? [String: Any])
        let stored = try #require(tokens["next_cursor"] as? String)
        #expect(try story.served.status("\(story.path)/tokens?cursor=\(stored)") == 200)
        try story.flip()
        #expect(try story.served.status("\(story.path)/events?cursor=\(cursor)") == 410)
        #expect(try story.served.status("\(story.path)/tokens?cursor=\(stored)") == 410)
        #expect(try story.served.status("\(story.path)/events") == 200)
    }
}
