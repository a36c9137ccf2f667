import Events
import JSON

/// Why one transaction of a good page cannot be taken: thrown while it is read, kept as an event (design.md, Events).
struct Refusal: Error {
    let code: TransactionRefused.Code
    /// Where the bad value stands within the transaction, for example `transfers[3].quantity.int`.
    var field: String
    /// The value's own JSON text; nil when it is missing.
    let value: ArraySlice<UInt8>?

    /// Most bytes of a value that a refusal repeats.
    static let maximumValueByteCount = 80

    init(_ code: TransactionRefused.Code, _ field: String, _ value: JSONValue? = nil) {
        self.code = code
        self.field = field
        self.value = value?.rawText
    }

    /// The same refusal, seen from the object that holds the one that was read.
    func within(_ parent: String) -> Refusal {
        var refusal = self
        refusal.field = field.isEmpty ? parent : "\(parent).\(field)"
        return refusal
    }

    /// The field and its value, shortened. Valid UTF-8 without control characters, as the page's text is.
    var detail: String {
        guard let value else { return field }
        let shown = String(decoding: value.prefixOfWholeCharacters(Self.maximumValueByteCount), as: UTF8.self)
        return "\(field): \(shown.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined())"
            + (shown.utf8.count < value.count ? "…" : "")
    }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8>, Index == Int {
    /// At most that many bytes of UTF-8, cut before a character rather than inside one.
    func prefixOfWholeCharacters(_ maximumByteCount: Int) -> SubSequence {
        guard count > maximumByteCount else { return self[startIndex..<endIndex] }
        var end = startIndex + maximumByteCount
        while end > startIndex, UTF8.isContinuation(self[end]) { end -= 1 }
        return self[startIndex..<end]
    }
}
