/// What this module throws. The description is safe for a log: no header, path or body of a client is in it.
public struct HTTPServerError: Error, Hashable, CustomStringConvertible {
    /// The kind of failure; kinds can be added without breaking a `switch` elsewhere.
    public struct Code: Sendable, Hashable {
        private enum Kind: String {
            case invalidConfiguration, addressInUse, cannotListen, cannotStart, stopTimedOut
            case malformedRequest, invalidResponseHeader
        }
        private let kind: Kind

        /// A configured value is out of its range.
        public static let invalidConfiguration = Code(kind: .invalidConfiguration)
        /// Another process listens on the host and port.
        public static let addressInUse = Code(kind: .addressInUse)
        /// The host cannot be resolved or bound.
        public static let cannotListen = Code(kind: .cannotListen)
        /// The library refused to start its threads.
        public static let cannotStart = Code(kind: .cannotStart)
        /// A handler still held a server thread when the time to stop was over; the threads were abandoned.
        public static let stopTimedOut = Code(kind: .stopTimedOut)
        /// A request target is not well formed.
        public static let malformedRequest = Code(kind: .malformedRequest)
        /// A response header has a name or value that may not be sent.
        public static let invalidResponseHeader = Code(kind: .invalidResponseHeader)

        /// The kind as a word from a closed set, for metric labels.
        public var shortDescription: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence for the operator.
    public let description: String
    /// Whether the same call can succeed later without a change.
    public var isRetriable: Bool { code == .addressInUse }

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
