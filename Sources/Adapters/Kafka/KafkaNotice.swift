/// Something librdkafka says by itself: a broker away, a login refused, a line of its log.
public struct KafkaNotice: Sendable, Hashable {
    /// How bad it is, as in syslog.
    public enum Severity: Int32, Sendable, Hashable, Comparable {
        case error = 3
        case warning = 4
        case information = 6
        case debug = 7

        /// Orders by syslog's numbers: the graver is the smaller.
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        /// The nearest of a syslog level, 0…7.
        init(level: Int32) {
            switch level {
            case ...3: self = .error
            case 4: self = .warning
            case 5...6: self = .information
            default: self = .debug
            }
        }
    }

    /// How bad it is.
    public let severity: Severity
    /// Which client of the log speaks: `producer`, `reader` or `catalogue`.
    public let client: String
    /// A short word: librdkafka's facility (`FAIL`, `REQTMOUT`) or the name of an error (`_ALL_BROKERS_DOWN`).
    public let subject: String
    /// Names brokers and topics, never a setting's value.
    public let text: String
}
