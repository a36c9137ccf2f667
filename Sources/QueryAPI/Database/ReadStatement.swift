import Postgres
import ReadModels

/// A statement that reads one generation: `{schema}` in its text stands for the generation's schema. Made of constants
/// only; whatever comes from a request is bound.
///
/// Its first two columns are the same in all: the live generation, which shows whether the right one was read, and how
/// far the one read is projected, both of the same snapshot as the rest.
struct ReadStatement: Sendable, Hashable {
    /// Its name, unique among the statements of this service.
    let name: String
    private let text: String

    init(name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    /// The statement for one generation. Prepared under a name of that generation.
    func statement(for generation: Generation) -> PostgresStatement {
        PostgresStatement(
            name: "\(generation.schema)_\(name)", text.replacing("{schema}", with: generation.schema))
    }

    /// First columns that say how far the partitions bound to `$1` are projected. `live` is `base.live`.
    static let headOfPartitions = """
        live.generation,
        (SELECT string_agg(p.partition || ':' || p.next_offset, ',' ORDER BY p.partition)
         FROM {schema}.projection_progress p WHERE p.topic = 1 AND p.partition = ANY($1::integer[])) AS projected
        """

    /// First columns that say how far every partition is projected.
    static let headOfAll = """
        live.generation,
        (SELECT string_agg(p.partition || ':' || p.next_offset, ',' ORDER BY p.partition)
         FROM {schema}.projection_progress p WHERE p.topic = 1 AND p.next_offset > 0) AS projected
        """
}
