/// Why bytes are no event of this system: data, not a failure. It parks one wallet (I6).
public struct EventDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong: a closed set, fit for metric labels.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The bytes are no protobuf message, or one that needs more memory than a message may.
        case malformed
        /// The kind is unknown to this build, or is no event.
        case unknownKind = "unknown_kind"
        /// A field that must be there is not.
        case missingField = "missing_field"
        /// A number stands for nothing this build knows.
        case unknownValue = "unknown_value"
        /// A number, a count or a length is out of its bounds.
        case outOfBounds = "out_of_bounds"
        /// A text is not UTF-8, or has a NUL in it.
        case invalidText = "invalid_text"
        /// Two fields exclude each other.
        case contradiction
        /// What was encoded would be read back as something else.
        case notPreserved = "not_preserved"
    }

    /// What is wrong.
    public let code: Code
    /// The field concerned, for example `legs[2].amount`; the message's kind when it is none in particular.
    public let field: String

    /// Blames a field.
    public init(_ code: Code, field: String) {
        self.code = code
        self.field = field
    }

    /// Names code and field, never a value: safe for a log line.
    public var description: String { "\(code.rawValue): \(field)" }

    /// The same error, of a field inside `outer`.
    func inside(_ outer: String) -> EventDecodingError {
        EventDecodingError(code, field: "\(outer).\(field)")
    }
}
