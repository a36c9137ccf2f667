import Accounting
import JSON
import ReadModels
import Runtime

/// What the health routes say. They carry no envelope: probes and load balancers read them.
enum HealthBody {
    /// A success older than this means that the database does not answer.
    static let maximumAgeMicroseconds: Int64 = 15_000_000

    /// That the process runs, and for how long.
    static func health(uptimeMicroseconds: Int64) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("status")
        json.string("healthy")
        json.key("version")
        json.string(QueryAPIProgram.version)
        json.key("uptime_seconds")
        json.integer(uptimeMicroseconds / 1_000_000)
        json.endObject()
        return json.bytes
    }

    /// Whether requests can be answered, and what is known of the database; 503 when they cannot.
    static func readiness(_ snapshot: DatabaseHealth.Snapshot, now: Int64) -> Answer {
        let problem = snapshot.problem(now: now, maximumAgeMicroseconds: maximumAgeMicroseconds)
        var json = JSONWriter()
        json.beginObject()
        json.key("status")
        json.string(problem == nil ? "ready" : "unavailable")
        json.key("reason")
        json.optional(problem)
        json.key("generation")
        if let generation = snapshot.generation { json.integer(generation.number) } else { json.null() }
        json.key("rule_set")
        json.optional(snapshot.generation?.identity.ruleSet.description)
        json.key("last_success_age_milliseconds")
        if let age = snapshot.age(now: now) { json.integer(age / 1000) } else { json.null() }
        json.endObject()
        return Answer(status: problem == nil ? 200 : 503, body: json.bytes)
    }
}
