import CKafka
import Events

/// Why Kafka did not do what was asked. Nothing in it comes from a setting's value or a record.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; new codes may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// Fit for a metric label.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// A setting is unknown, has an impossible value or may not be changed.
        public static let invalidSetting = Code("invalid_setting")
        /// The client was closed.
        public static let closed = Code("closed")
        /// librdkafka or a broker refused; `number` says why.
        public static let kafka = Code("kafka")
        /// The library broke a rule it documents, or the system had no thread left.
        public static let unexpected = Code("unexpected")
    }

    /// What went wrong.
    public let code: Code
    /// The number of `rd_kafka_resp_err_t`: negative for the library's own, positive for a broker's; 0 for none.
    public let number: Int32
    /// Safe for a log line.
    public let message: String
    /// Whether the same call may succeed later.
    public let isRetriable: Bool
    /// Whether the client is of no more use.
    public let isFatal: Bool

    /// An error without the library's word.
    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        number = 0
        isRetriable = false
        isFatal = false
    }

    /// The meaning of a response code; `doing` says what was asked, as in "create topics".
    init(_ response: rd_kafka_resp_err_t, doing: String) {
        code = .kafka
        number = response.rawValue
        // The texts live as long as the library.
        message = unsafe "cannot \(doing): \(String(cString: rd_kafka_err2str(response)))"
        isRetriable = !Self.permanentResponses.contains(response.rawValue)
        isFatal = response == RD_KAFKA_RESP_ERR__FATAL
    }

    /// Reads, then destroys, a `rd_kafka_error_t`: the only place that does.
    init(consuming error: OpaquePointer, doing: String) {
        let response = unsafe rd_kafka_error_code(error)
        code = .kafka
        number = response.rawValue
        message = unsafe "cannot \(doing): \(String(cString: rd_kafka_error_string(error)))"
        isFatal = unsafe rd_kafka_error_is_fatal(error) == 1 || response == RD_KAFKA_RESP_ERR__FATAL
        isRetriable =
            unsafe rd_kafka_error_is_retriable(error) == 1
            || !Self.permanentResponses.contains(response.rawValue)
        unsafe rd_kafka_error_destroy(error)
    }

    /// The same with what the client said of its brokers, when this is only about having got no answer.
    func explained(by problem: String?) -> KafkaError {
        guard let problem, Self.unanswered.contains(number) else { return self }
        return KafkaError(self, message: "\(message) (\(problem))")
    }

    private init(_ error: KafkaError, message: String) {
        code = error.code
        number = error.number
        isRetriable = error.isRetriable
        isFatal = error.isFatal
        self.message = message
    }

    private static let unanswered: Set<Int32> = Set(
        [
            RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
            RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__WAIT_COORD,
        ].map(\.rawValue))

    /// `code`, number and message in one line.
    public var description: String { number == 0 ? "\(code): \(message)" : "\(code) \(number): \(message)" }

    /// Whether librdkafka's queue of records to send is full.
    var isQueueFull: Bool { number == RD_KAFKA_RESP_ERR__QUEUE_FULL.rawValue }

    /// Asking again does not help unless somebody changes the cluster, its permissions or the settings. All else is
    /// taken as passing: a broker that is away, electing, out of disk or short of replicas comes back.
    private static let permanentResponses = Set(refusedResponses + missingResponses + tooLargeResponses)

    private static let refusedResponses: [Int32] = [
        RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL,
        RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR_SECURITY_DISABLED,
        RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, RD_KAFKA_RESP_ERR_INVALID_CONFIG,
        RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP,
        RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS,
    ].map(\.rawValue)

    private static let missingResponses: [Int32] = [
        RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
        RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
        RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
        RD_KAFKA_RESP_ERR_INVALID_PARTITIONS,
    ].map(\.rawValue)

    private static let tooLargeResponses: [Int32] = [
        RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
        RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE,
    ].map(\.rawValue)

    /// What it means to somebody who uses the log.
    var logCode: LogError.Code {
        switch code {
        case .closed: .closed
        case .kafka where Self.tooLargeResponses.contains(number): .tooLarge
        case .kafka where Self.missingResponses.contains(number): .mismatch
        case .kafka where Self.refusedResponses.contains(number): .refused
        case .kafka: .unavailable
        default: .refused
        }
    }
}

extension LogError {
    /// What an error of Kafka means to somebody who uses the log.
    init(_ error: KafkaError) { self.init(error.logCode, error.description) }
}
