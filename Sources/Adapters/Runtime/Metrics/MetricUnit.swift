/// How an integer is shown: a metric counts in integers, so that its updates are single atomic instructions.
public enum MetricUnit: Sendable {
    /// As it is.
    case plain
    /// Microseconds, shown as seconds, the base unit that Prometheus asks for.
    case microsecondsAsSeconds

    func append(_ value: Int128, to bytes: inout [UInt8]) {
        switch self {
        case .plain: bytes += String(value).utf8
        case .microsecondsAsSeconds:
            let (seconds, fraction) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
            if value < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes += String(seconds).utf8
            guard fraction > 0 else { return }
            let digits = String(fraction)
            bytes.append(UInt8(ascii: "."))
            bytes += (String(repeating: "0", count: 6 - digits.utf8.count) + digits).utf8
            while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        }
    }
}
