import Synchronization

/// The metrics of a process, shown in Prometheus' text format 0.0.4.
///
/// Every series is registered once, at start, with its labels' values: so label sets are closed, and an update is an
/// atomic operation on an object at hand, without a look-up. Registering the same name again with other label values
/// adds a series to the family. Bad names and duplicates trap: they are in the source, no input leads there.
public final class MetricsRegistry: Sendable {
    /// The `Content-Type` of what `render` returns.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[MetricFamily]>([])

    /// A registry without metrics.
    public init() {}

    /// Registers a count that only grows; the name ends in `_total`.
    public func counter(
        _ name: String, help: String, labels: KeyValuePairs<String, String> = [:], unit: MetricUnit = .plain
    ) -> Counter {
        let counter = Counter()
        register(name, help, .counter, labels, .counter(counter, unit))
        return counter
    }

    /// Registers a number that goes up and down.
    public func gauge(
        _ name: String, help: String, labels: KeyValuePairs<String, String> = [:], unit: MetricUnit = .plain
    ) -> Gauge {
        let gauge = Gauge()
        register(name, help, .gauge, labels, .gauge(gauge, unit))
        return gauge
    }

    /// Registers a number that is read whenever the metrics are rendered; reading it must not block nor render.
    public func gauge(
        _ name: String, help: String, labels: KeyValuePairs<String, String> = [:], unit: MetricUnit = .plain,
        reading read: @escaping @Sendable () -> Int64
    ) {
        register(name, help, .gauge, labels, .reading(read, unit))
    }

    /// Registers durations sorted into buckets; the name ends in `_seconds`.
    public func histogram(
        _ name: String, help: String, labels: KeyValuePairs<String, String> = [:],
        boundsMicroseconds: [Int64] = Histogram.defaultBoundsMicroseconds
    ) -> Histogram {
        let histogram = Histogram(boundsMicroseconds: boundsMicroseconds)
        register(name, help, .histogram, labels, .histogram(histogram))
        return histogram
    }

    /// All metrics in the order of registration.
    public func render() -> [UInt8] {
        let families = self.families.withLock { $0 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        for family in families { family.render(to: &bytes) }
        return bytes
    }

    func registerReading(
        _ name: String, help: String, kind: MetricFamily.Kind, unit: MetricUnit,
        reading read: @escaping @Sendable () -> Int64
    ) {
        register(name, help, kind, [:], .reading(read, unit))
    }

    private func register(
        _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ labels: KeyValuePairs<String, String>,
        _ source: MetricFamily.Source
    ) {
        let problem = families.withLock { families in
            MetricsRegistry.add(name, help, kind, labels, source, to: &families)
        }
        // A typing error in the source, found at the first start.
        precondition(problem == nil, "The metric \(name) \(problem ?? "")")
    }

    /// Adds a series, or says why it may not be added.
    static func add(
        _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ labels: KeyValuePairs<String, String>,
        _ source: MetricFamily.Source, to families: inout [MetricFamily]
    ) -> String? {
        if let problem = MetricName.problem(name, kind: kind) { return problem }
        let labelNames = labels.map(\.key)
        for label in labelNames {
            if let problem = MetricName.problem(label: label, kind: kind) {
                return "has a label \(label) that \(problem)"
            }
        }
        if Set(labelNames).count != labelNames.count { return "has the same label twice" }

        let member = MetricFamily.Member(labels: MetricFamily.labels(labels), source: source)
        guard let index = families.firstIndex(where: { $0.name == name }) else {
            var family = MetricFamily(name: name, help: help, kind: kind, labelNames: labelNames)
            family.members = [member]
            if families.contains(where: { !$0.seriesNames.isDisjoint(with: family.seriesNames) }) {
                return "collides with a series of another metric"
            }
            families.append(family)
            return nil
        }
        let family = families[index]
        if family.kind != kind || family.help != help { return "is registered with another kind or help" }
        if family.labelNames != labelNames { return "is registered with other labels" }
        if family.members.contains(where: { $0.labels == member.labels }) { return "is registered twice" }
        families[index].members.append(member)
        return nil
    }
}
