/// A metadata value. Literals and interpolated texts need no case name.
public enum LogValue: Sendable, Hashable {
    /// Text, shown as a JSON string.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// True or false.
    case boolean(Bool)

    /// A whole number of any type; one beyond 64 bits is shown as text.
    public static func number(_ value: some BinaryInteger) -> LogValue {
        Int64(exactly: value).map(LogValue.integer) ?? .text(String(value))
    }

    /// Bytes from outside; what is not UTF-8 becomes U+FFFD.
    public static func bytes(_ bytes: some Collection<UInt8>) -> LogValue {
        .text(String(decoding: bytes, as: UTF8.self))
    }

    /// An error by its description, which every module keeps fit for a log.
    public static func failure(_ error: any Error) -> LogValue { .text(String(describing: error)) }
}

extension LogValue: ExpressibleByStringInterpolation {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}

extension LogValue: ExpressibleByIntegerLiteral {
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension LogValue: ExpressibleByBooleanLiteral {
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
