import Postgres
import ReadModels

/// What a request asks of the database: one statement, and what its rows become.
struct Question: Sendable {
    /// Which connections answer it.
    enum Lane: String, Sendable, CaseIterable {
        /// Few rows by an index: many of them share a round trip.
        case fast
        /// Long lists and unpacking, which must not hold up the others.
        case slow

        /// PostgreSQL's setting of that name. Planning costs more than running what reads few rows, and a generic plan
        /// looks so much dearer than it is (all partitions, before any is pruned) that it would never be taken; what
        /// reads many rows has filters that only a plan of its own makes use of.
        var planCacheMode: String { self == .fast ? "force_generic_plan" : "force_custom_plan" }

        /// Questions that go out in one round trip. The answers of a round come together, and its time is one for all:
        /// what takes long goes alone.
        var roundCount: Int { self == .fast ? 64 : 1 }
    }

    /// Questions with the same key have the same answer, so one read serves all that wait.
    struct Key: Sendable, Hashable {
        let purpose: String
        let statement: String
        let values: [PostgresValue]
    }

    /// What is made of the rows; together with statement and values it decides the answer.
    let purpose: String
    /// Which connections answer it.
    var lane = Lane.fast
    /// The statement.
    let statement: ReadStatement
    /// Its parameters.
    let values: [PostgresValue]
    /// Makes the answer of the rows; throws `APIError`, or anything else for rows that cannot be.
    let answer: @Sendable (ResultSet, Generation) throws -> Answer

    var key: Key { Key(purpose: purpose, statement: statement.name, values: values) }
}

/// What reading came to: an answer or an error, and how far the generation was projected.
struct Finding: Sendable {
    let result: Result<Answer, APIError>
    let projected: ProjectedOffsets

    /// A failure that says nothing of the generation.
    init(_ error: APIError) {
        result = .failure(error)
        projected = ProjectedOffsets(column: nil)
    }

    init(_ result: Result<Answer, APIError>, projected: ProjectedOffsets) {
        self.result = result
        self.projected = projected
    }
}
