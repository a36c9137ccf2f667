/// Why a text is not the JSON, or not the shape, that was asked for.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; a struct, so that a new code breaks no caller.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// A constant word, fit for a metric's label.
        public let description: String

        /// No bytes, or white space only.
        public static let empty = Code(description: "empty")
        /// More bytes than the parser's limit.
        public static let tooLarge = Code(description: "too_large")
        /// Containers nested deeper than the parser's limit.
        public static let tooDeep = Code(description: "too_deep")
        /// The text ends inside a value.
        public static let truncated = Code(description: "truncated")
        /// A byte that cannot stand where it stands.
        public static let unexpectedByte = Code(description: "unexpected_byte")
        /// Not a number by the grammar of RFC 8259, section 6: `01`, `1.`, `-`.
        public static let invalidNumber = Code(description: "invalid_number")
        /// A word that begins like `true`, `false` or `null` and is none of them.
        public static let invalidLiteral = Code(description: "invalid_literal")
        /// A backslash that begins no escape sequence.
        public static let invalidEscape = Code(description: "invalid_escape")
        /// Something after the end of the document.
        public static let trailingContent = Code(description: "trailing_content")
        /// An object lacks a member that was required.
        public static let missingMember = Code(description: "missing_member")
        /// A value of another kind than the one that was required.
        public static let wrongKind = Code(description: "wrong_kind")
        /// A number that is not an integer, or does not fit the integer type asked for.
        public static let notRepresentable = Code(description: "not_representable")
        /// Memory is exhausted.
        public static let outOfMemory = Code(description: "out_of_memory")
    }

    /// What went wrong.
    public let code: Code
    /// Where, in bytes from the start of the text (as sanitised, see `JSONDocument.replacements`); nil if unknown.
    public let byteOffset: Int?
    /// Words of this source file or its callers, never of the input.
    let detail: String

    init(_ code: Code, at byteOffset: Int?, _ detail: String) {
        self.code = code
        self.byteOffset = byteOffset
        self.detail = detail
    }

    /// A cut-off body may arrive whole, and memory come free; all else comes again with the same bytes.
    public var isRetriable: Bool { code == .truncated || code == .outOfMemory }

    /// Safe for a log: an offset and constant words, nothing of the input.
    public var description: String {
        guard let byteOffset else { return detail }
        return "byte \(byteOffset): \(detail)"
    }

    /// The code's word: a closed set, for a metric's label.
    public var shortDescription: String { code.description }
}
