/// All metrics of one name: they share help, kind and label names.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    enum Source: Sendable {
        case counter(Counter, MetricUnit)
        case gauge(Gauge, MetricUnit)
        case reading(@Sendable () -> Int64, MetricUnit)
        case histogram(Histogram)
    }

    struct Member: Sendable {
        /// Rendered and escaped, without braces; empty without labels.
        let labels: [UInt8]
        let source: Source
    }

    let name: String
    let help: String
    let kind: Kind
    let labelNames: [String]
    var members: [Member] = []

    /// The names of all series it shows; no other family may use one of them.
    var seriesNames: Set<String> {
        kind == .histogram ? [name, "\(name)_bucket", "\(name)_sum", "\(name)_count"] : [name]
    }

    func render(to bytes: inout [UInt8]) {
        bytes += "# HELP \(name) ".utf8
        MetricFamily.appendEscaped(help, escapingQuotes: false, to: &bytes)
        bytes += "\n# TYPE \(name) \(kind.rawValue)\n".utf8
        for member in members {
            switch member.source {
            case .counter(let counter, let unit): line(member, Int128(counter.value), unit, to: &bytes)
            case .gauge(let gauge, let unit): line(member, Int128(gauge.value), unit, to: &bytes)
            case .reading(let read, let unit): line(member, Int128(read()), unit, to: &bytes)
            case .histogram(let histogram): lines(member, histogram, to: &bytes)
            }
        }
    }

    static func labels(_ labels: KeyValuePairs<String, String>) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in labels {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes += "\(name)=\"".utf8
            appendEscaped(value, escapingQuotes: true, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        return bytes
    }

    private func line(
        _ member: Member, suffix: String = "", bound: [UInt8] = [], _ value: Int128, _ unit: MetricUnit,
        to bytes: inout [UInt8]
    ) {
        bytes += name.utf8
        bytes += suffix.utf8
        if !member.labels.isEmpty || !bound.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            bytes += member.labels
            if !member.labels.isEmpty, !bound.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes += bound
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
        unit.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The total is summed from the buckets just read, so that it equals the last bucket while others observe.
    private func lines(_ member: Member, _ histogram: Histogram, to bytes: inout [UInt8]) {
        let snapshot = histogram.snapshot
        var total: Int128 = 0
        for (index, count) in snapshot.counts.enumerated() {
            total += Int128(count)
            var bound = Array("le=\"".utf8)
            if index < histogram.boundsMicroseconds.count {
                MetricUnit.microsecondsAsSeconds.append(Int128(histogram.boundsMicroseconds[index]), to: &bound)
            } else {
                bound += "+Inf".utf8
            }
            bound.append(UInt8(ascii: "\""))
            line(member, suffix: "_bucket", bound: bound, total, .plain, to: &bytes)
        }
        line(member, suffix: "_sum", Int128(snapshot.sumMicroseconds), .microsecondsAsSeconds, to: &bytes)
        line(member, suffix: "_count", total, .plain, to: &bytes)
    }

    private static func appendEscaped(_ text: String, escapingQuotes: Bool, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            case UInt8(ascii: "\"") where escapingQuotes: bytes += #"\""#.utf8
            default: bytes.append(byte)
            }
        }
    }
}
