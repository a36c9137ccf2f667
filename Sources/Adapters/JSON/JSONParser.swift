import CSimdjson

/// Parses documents one after another, reusing its working memory from one to the next.
///
/// The whole grammar of RFC 8259 is checked, in fields nobody reads as well. A byte that is not UTF-8 and a raw control
/// character inside a string do not refuse the document: see `JSONDocument.replacements`.
@safe public struct JSONParser: ~Copyable {
    /// The largest limit a parser can have, in bytes; replacing bytes may triple a text, which must still be indexable.
    public static let largestByteCount = Int(SIMDJSON_SHIM_LARGEST_LENGTH / 3)

    /// Documents of more bytes are refused.
    public let maximumByteCount: Int
    /// Documents nested deeper are refused; 1 allows an array or object of scalars.
    public let maximumDepth: Int
    private let scratch: OpaquePointer

    /// Limits are brought into `0...largestByteCount` and `0...4096`. Throws `outOfMemory`.
    public init(maximumByteCount: Int = 32 << 20, maximumDepth: Int = 64) throws(JSONError) {
        self.maximumByteCount = min(max(maximumByteCount, 0), Self.largestByteCount)
        self.maximumDepth = min(max(maximumDepth, 0), 4096)
        guard let scratch = unsafe simdjson_shim_create(UInt32(self.maximumDepth)) else {
            throw JSONError(.outOfMemory, at: nil, "no memory for a parser")
        }
        unsafe self.scratch = scratch
    }

    deinit { unsafe simdjson_shim_destroy(scratch) }

    /// Parses one whole document. The array is taken over without a copy if nobody else holds it and it has spare
    /// capacity for `JSONDocument.paddingByteCount` more bytes. Throws any code but those of access.
    public mutating func parse(_ text: consuming [UInt8]) throws(JSONError) -> JSONDocument {
        let byteCount = text.count
        guard byteCount <= maximumByteCount else {
            throw JSONError(.tooLarge, at: nil, "\(byteCount) bytes are over the limit of \(maximumByteCount)")
        }
        text.append(contentsOf: repeatElement(0x20, count: JSONDocument.paddingByteCount))
        let bound = index(text, byteCount)
        if bound.code != SIMDJSON_SHIM_INVALID_TEXT {
            return try document(text, byteCount, bound, replacements: [])
        }
        var (sanitised, replacements) = sanitisedJSON(text.prefix(byteCount))
        let sanitisedCount = sanitised.count
        sanitised.append(contentsOf: repeatElement(0x20, count: JSONDocument.paddingByteCount))
        let sanitisedBound = index(sanitised, sanitisedCount)
        return try document(sanitised, sanitisedCount, sanitisedBound, replacements: replacements)
    }

    /// Parses a copy of the bytes. Throws any code but those of access.
    public mutating func parse(_ bytes: RawSpan) throws(JSONError) -> JSONDocument {
        guard bytes.byteCount <= maximumByteCount else {
            throw JSONError(.tooLarge, at: nil, "\(bytes.byteCount) bytes are over the limit of \(maximumByteCount)")
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.byteCount + JSONDocument.paddingByteCount)
        // The closure only reads, within the span's own bounds.
        unsafe bytes.withUnsafeBytes { buffer in unsafe text.append(contentsOf: buffer) }
        return try parse(text)
    }

    private func index(_ padded: [UInt8], _ byteCount: Int) -> simdjson_shim_result {
        // The library reads up to the padding after `byteCount` bytes, which the array holds.
        unsafe padded.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return simdjson_shim_result() }
            return unsafe simdjson_shim_index(scratch, start, UInt32(byteCount))
        }
    }

    private func document(
        _ padded: [UInt8], _ byteCount: Int, _ bound: simdjson_shim_result, replacements: [Int]
    ) throws(JSONError) -> JSONDocument {
        guard bound.code == SIMDJSON_SHIM_SUCCESS else { throw JSONError(refusal: bound, of: padded) }
        var built = simdjson_shim_result()
        // The library writes at most as many nodes as it announced, and says how many.
        let nodes = unsafe [simdjson_shim_node](unsafeUninitializedCapacity: Int(bound.count)) { nodes, count in
            unsafe padded.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress, let first = nodes.baseAddress else { return }
                built = unsafe simdjson_shim_build(scratch, start, UInt32(byteCount), first)
            }
            count = Int(built.count)
        }
        guard built.code == SIMDJSON_SHIM_SUCCESS else { throw JSONError(refusal: built, of: padded) }
        return JSONDocument(padded: padded, byteCount: byteCount, nodes: nodes, replacements: replacements)
    }
}

/// The working memory has one owner and is touched only by `mutating` calls, so a parser may change threads.
extension JSONParser: @unchecked Sendable {}

extension JSONError {
    /// The library's refusal in this module's words.
    init(refusal: simdjson_shim_result, of text: [UInt8]) {
        let offset = Int(refusal.offset)
        switch refusal.code {
        case SIMDJSON_SHIM_EMPTY: self.init(.empty, at: nil, "the text is empty")
        case SIMDJSON_SHIM_TRUNCATED: self.init(.truncated, at: offset, "the text ends inside a value")
        case SIMDJSON_SHIM_TOO_DEEP: self.init(.tooDeep, at: offset, "nested too deeply")
        case SIMDJSON_SHIM_INVALID_NUMBER: self.init(.invalidNumber, at: offset, "not a number of JSON's grammar")
        case SIMDJSON_SHIM_INVALID_LITERAL: self.init(.invalidLiteral, at: offset, "neither true, false nor null")
        case SIMDJSON_SHIM_INVALID_ESCAPE: self.init(.invalidEscape, at: offset, "unknown escape sequence")
        case SIMDJSON_SHIM_TRAILING_CONTENT:
            self.init(.trailingContent, at: offset, "more content after the document's end")
        case SIMDJSON_SHIM_UNEXPECTED_BYTE, SIMDJSON_SHIM_INVALID_TEXT:
            let byte = String(text[offset], radix: 16)
            self.init(.unexpectedByte, at: offset, "unexpected byte 0x\(byte)")
        default: self.init(.outOfMemory, at: nil, "no memory to parse the text")
        }
    }
}
