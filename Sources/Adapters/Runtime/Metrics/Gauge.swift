import Synchronization

/// A number that goes up and down. One atomic operation per update; made once by the registry and kept.
public final class Gauge: Sendable {
    private let number = Atomic<Int64>(0)

    init() {}

    /// Replaces the number.
    public func set(_ value: Int64) { number.store(value, ordering: .relaxed) }

    /// Adds to the number; the amount may be negative.
    public func add(_ amount: Int64) { number.wrappingAdd(amount, ordering: .relaxed) }

    /// The number now.
    public var value: Int64 { number.load(ordering: .relaxed) }
}
