/// In which order lots are used up (domain.md 11.2, Matching).
public enum CostBasisMethod: String, Sendable, Hashable, CaseIterable {
    /// First in, first out: what is stored.
    case fifo
    /// Last in, first out.
    case lifo
    /// Highest cost first, ties: oldest first.
    case hifo
    /// One pool; dates by first in, first out.
    case average
}
