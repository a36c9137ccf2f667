/// Why an import ended before its end. What the log has acknowledged stays, and running it again completes it.
public struct IngestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; a struct, so that a new code breaks no caller.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// A constant word, fit for a metric's label.
        public let description: String

        /// A file is missing, no page, or no list of prices.
        public static let unreadableInput = Code(description: "unreadable_input")
        /// Database or log is away, or was for too long.
        public static let unavailable = Code(description: "unavailable")
        /// Another import holds a partition.
        public static let busy = Code(description: "busy")
        /// The partition was taken by another import meanwhile.
        public static let leaseLost = Code(description: "lease_lost")
        /// The log or the database refused, or has another shape than expected.
        public static let refused = Code(description: "refused")
        /// A correction of what is not there, or of what is corrected already.
        public static let invalidCorrection = Code(description: "invalid_correction")
        /// The process was asked to stop.
        public static let stopped = Code(description: "stopped")
    }

    /// What went wrong.
    public let code: Code
    /// Safe for a log line and meant for whoever ran the command.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Whether the same command may succeed later without a change.
    public var isRetriable: Bool { ![.unreadableInput, .refused, .invalidCorrection].contains(code) }

    /// The code's word: a closed set, for a metric's label.
    public var shortDescription: String { code.description }
}
